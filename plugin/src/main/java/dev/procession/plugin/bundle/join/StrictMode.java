package dev.procession.plugin.bundle.join;

import dev.procession.plugin.bundle.read.Piece;
import dev.procession.plugin.bundle.read.Piece.Prologue;
import dev.procession.plugin.bundle.read.PrologueScanner;
import dev.procession.plugin.report.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of {@code "use strict"} at the start of files.
 *
 * <p>In a bundle there is one prologue: a directive of the first file would hold for all, those of later files for
 * none. Strict scripts run in sloppy mode as they did, but for errors they no longer throw; sloppy scripts of the
 * jQuery age break in strict mode. So the bundle is strict only if every file that has code asks for it, or if the
 * banner does; otherwise a ';' ahead of the first file makes its directive a plain string.
 */
final class StrictMode {
    private static final int NAMED = 3;

    private final BundlePlan plan;
    private final List<String> strict = new ArrayList<>();
    private final List<String> sloppy = new ArrayList<>();
    private final boolean firstHasDirective;
    private final Prologue banner;

    StrictMode(BundlePlan plan, List<Piece> pieces) {
        this.plan = plan;
        char[] text = plan.banner().toCharArray();
        this.banner = PrologueScanner.scan(text, text.length);
        boolean directive = false;
        for (int i = 0; i < pieces.size(); i++) {
            Prologue prologue = pieces.get(i).prologue;
            if (prologue != Prologue.NO_CODE) {
                directive |= strict.isEmpty() && sloppy.isEmpty() && prologue != Prologue.PLAIN;
                (prologue == Prologue.STRICT ? strict : sloppy)
                        .add(plan.inputs().get(i).name());
            }
        }
        this.firstHasDirective = directive;
    }

    /** Whether a ';' must end the prologue before the first file. */
    boolean needsGuard() {
        // A banner's last directive may lack its ';', and what follows could continue it.
        return banner != Prologue.NO_CODE || (firstHasDirective && isMixed());
    }

    private boolean isMixed() {
        return !strict.isEmpty() && !sloppy.isEmpty();
    }

    /** What the user should know. */
    Optional<String> warning() {
        if (!isMixed() || banner == Prologue.STRICT) {
            return Optional.empty();
        }
        return Optional.of("bundle " + Shown.text(plan.label()) + ": \"use strict\" at the start of " + names(strict)
                + " has no effect, since " + names(sloppy) + (sloppy.size() == 1 ? " lacks" : " lack")
                + " it and might break; put it inside functions, or the strict files into a bundle of their own");
    }

    private static String names(List<String> files) {
        List<String> named = files.stream().limit(NAMED).map(Shown::text).toList();
        return String.join(", ", named) + (files.size() > NAMED ? " and " + (files.size() - NAMED) + " more" : "");
    }
}
