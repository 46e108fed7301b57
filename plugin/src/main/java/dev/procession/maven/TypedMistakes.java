package dev.procession.maven;

import dev.procession.ProcessionException;
import dev.procession.plugin.bundle.request.BundleProblem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong in a pom and can only be seen where it is read. Whether something is wanted is taken as a text here,
 * since Maven takes everything but {@code true} for no: {@code <minify>yes</minify>} would shorten nothing.
 */
final class TypedMistakes {
    private final List<BundleProblem> found = new ArrayList<>();

    void add(String element, @Nullable String value, @Nullable String bundle, String text) {
        found.add(new BundleProblem(element, value, bundle, text));
    }

    boolean isTrue(String element, @Nullable String typed, boolean otherwise, @Nullable String bundle) {
        Boolean said = wanted(element, typed, bundle);
        return said == null ? otherwise : said;
    }

    /** Null when nothing is said. */
    @Nullable
    Boolean wanted(String element, @Nullable String typed, @Nullable String bundle) {
        String text = typed == null ? "" : typed.trim();
        if (text.isEmpty()) {
            return null;
        }
        // Maven itself takes upper case as well.
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return text.equalsIgnoreCase("true");
        }
        add(element, typed, bundle, "must be one of true, false");
        return null;
    }

    /** For goals whose engine is not told of them. */
    void throwIfAny() {
        if (found.size() == 1) {
            throw new WrongConfigurationException(found.get(0).toString());
        }
        if (!found.isEmpty()) {
            StringBuilder text = new StringBuilder();
            text.append(found.size()).append(" problems:");
            for (BundleProblem problem : found) {
                text.append(System.lineSeparator()).append("  - ").append(problem);
            }
            throw new WrongConfigurationException(text.toString());
        }
    }

    /** The pom, or the command line, says what no goal can do. */
    private static final class WrongConfigurationException extends ProcessionException {
        private static final long serialVersionUID = 1L;

        WrongConfigurationException(String message) {
            super(message);
        }
    }

    List<BundleProblem> found() {
        return found;
    }
}
