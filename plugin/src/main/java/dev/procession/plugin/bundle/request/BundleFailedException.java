package dev.procession.plugin.bundle.request;

import dev.procession.ProcessionException;
import java.util.List;

/** The bundles cannot be made as asked. Nothing was published; every problem that was found is in the message. */
public final class BundleFailedException extends ProcessionException {
    private static final long serialVersionUID = 1L;

    private final transient List<BundleProblem> problems;

    BundleFailedException(List<BundleProblem> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * What is wrong.
     *
     * @return what has to be mended, at least one
     */
    public List<BundleProblem> problems() {
        return problems;
    }

    private static String message(List<BundleProblem> problems) {
        if (problems.size() == 1) {
            return problems.get(0).toString();
        }
        StringBuilder text = new StringBuilder();
        text.append(problems.size()).append(" problems:");
        for (BundleProblem problem : problems) {
            text.append(System.lineSeparator()).append("  - ").append(problem);
        }
        return text.toString();
    }
}
