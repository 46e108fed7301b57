package dev.procession.plugin.bundle.request;

import dev.procession.plugin.output.ProblemSink;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what the user has to mend, so that one run tells all of it. */
public final class Problems implements ProblemSink {
    // A set: two globs that meet the same bad directory tell of it once per element, not once per file below.
    private final Set<BundleProblem> found = new LinkedHashSet<>();

    @Override
    public void add(String element, @Nullable String value, @Nullable String bundle, String text) {
        found.add(new BundleProblem(element, value, bundle, text));
    }

    public void addAll(List<BundleProblem> problems) {
        found.addAll(problems);
    }

    /** A problem that is in the sources, not in the pom; the text says where. */
    public void addToSources(String text) {
        found.add(new BundleProblem("", null, null, text));
    }

    public boolean any() {
        return !found.isEmpty();
    }

    public void throwIfAny() {
        if (any()) {
            throw new BundleFailedException(new ArrayList<>(found));
        }
    }
}
