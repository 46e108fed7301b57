package dev.procession.plugin.bundle.join;

import dev.procession.plugin.bundle.input.Input;
import dev.procession.plugin.bundle.read.OpenEnd;
import dev.procession.plugin.bundle.read.Piece;
import dev.procession.plugin.bundle.read.ReadFailure;
import dev.procession.plugin.bundle.read.ReadOutcome;
import dev.procession.plugin.bundle.read.StylePiece;
import dev.procession.plugin.bundle.request.Problems;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.report.Shown;
import org.jspecify.annotations.Nullable;

/** Tells what is wrong with the files of a bundle, once they were read. */
final class ReadCheck {
    private final BundlePlan plan;
    private final Problems problems;
    private final BuildLog log;

    ReadCheck(BundlePlan plan, Problems problems, BuildLog log) {
        this.plan = plan;
        this.problems = problems;
        this.log = log;
    }

    void take(Input input, ReadOutcome outcome, boolean last) {
        if (outcome instanceof ReadFailure failure) {
            String text = Shown.text(input.name()) + " " + failure.text();
            if (failure.element() == ReadFailure.Blame.ENCODING) {
                problems.add("encoding", plan.charset().name(), plan.label(), text);
            } else {
                problems.add("include", input.include(), plan.label(), text);
            }
        } else if (outcome instanceof Piece piece) {
            open(input, piece.openEnd, last);
        } else if (outcome instanceof StylePiece piece) {
            open(input, piece.openEnd, last);
        }
    }

    private void open(Input input, @Nullable OpenEnd end, boolean last) {
        if (end == null) {
            return;
        }
        String text = Shown.text(input.name()) + ":" + end.line() + ": " + end.what()
                + " that begins here is never closed" + (last ? "" : ", and would swallow the next file")
                + "; close it";
        if (end.certain()) {
            problems.add("include", input.include(), plan.label(), text);
        } else {
            log.warn("bundle " + Shown.text(plan.label()) + ": " + text
                    + " (or a slash before it was taken for something else; then nothing is wrong)");
        }
    }

    static String mapAddress(ReadOutcome outcome) {
        if (outcome instanceof Piece piece) {
            return piece.mapAddress;
        }
        return outcome instanceof StylePiece piece ? piece.mapAddress : "";
    }

    static byte[] sha256(ReadOutcome outcome) {
        if (outcome instanceof Piece piece) {
            return piece.sha256;
        }
        return outcome instanceof StylePiece piece ? piece.sha256 : new byte[0];
    }

    static String[] legalComments(ReadOutcome outcome) {
        if (outcome instanceof Piece piece) {
            return piece.legalComments;
        }
        return outcome instanceof StylePiece piece ? piece.legalComments : new String[0];
    }

    static long size(ReadOutcome outcome) {
        if (outcome instanceof Piece piece) {
            return piece.text.length;
        }
        return outcome instanceof StylePiece piece ? piece.text.length : 0;
    }
}
