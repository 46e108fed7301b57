package dev.procession.plugin.bundle.join;

import dev.procession.plugin.bundle.map.InputMap;
import dev.procession.plugin.bundle.read.Piece;
import dev.procession.plugin.bundle.read.ReadOutcome;
import dev.procession.plugin.bundle.read.StylePiece;
import dev.procession.plugin.output.Part;
import dev.procession.plugin.report.BuildLog;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of a bundle, read, and ready to be joined: scripts or style sheets. */
final class JoinedText {
    private final BundlePlan plan;
    private final List<ReadOutcome> outcomes;
    private final List<Optional<InputMap>> maps;

    JoinedText(BundlePlan plan, List<ReadOutcome> outcomes, List<Optional<InputMap>> maps) {
        this.plan = plan;
        this.outcomes = outcomes;
        this.maps = maps;
    }

    /** Tells what joining means for these files. */
    void warn(BuildLog log) {
        if (plan.language() == BundlePlan.Language.STYLE) {
            new StyleWriter(plan, all(StylePiece.class), maps).warn(log);
        } else {
            new StrictMode(plan, all(Piece.class)).warning().ifPresent(log::warn);
        }
    }

    /** Writes it without a link to its map; may be done more than once. */
    Joined write(OutputStream out) throws IOException {
        return plan.language() == BundlePlan.Language.STYLE
                ? new StyleWriter(plan, all(StylePiece.class), maps).write(out)
                : new BundleWriter(plan, all(Piece.class), maps).write(out);
    }

    /** What each input has in the output; the separators between them belong to none. */
    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            parts.add(new Part(plan.inputs().get(i).name(), ReadCheck.size(outcomes.get(i))));
        }
        return parts;
    }

    private <T> List<T> all(Class<T> type) {
        return outcomes.stream().map(type::cast).toList();
    }
}
