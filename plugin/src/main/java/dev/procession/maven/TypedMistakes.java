package dev.procession.maven;

import dev.procession.plugin.bundle.BundleProblem;
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

    List<BundleProblem> found() {
        return found;
    }
}
