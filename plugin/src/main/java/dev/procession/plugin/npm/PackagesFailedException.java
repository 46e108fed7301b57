package dev.procession.plugin.npm;

import dev.procession.ProcessionException;
import java.util.List;

/** Packages cannot be used as they are. The message names every artifact that is at fault, and what to do. */
public final class PackagesFailedException extends ProcessionException {
    private static final long serialVersionUID = 1L;

    PackagesFailedException(List<String> problems) {
        super(message(problems));
    }

    private static String message(List<String> problems) {
        if (problems.size() == 1) {
            return problems.get(0);
        }
        StringBuilder text = new StringBuilder();
        text.append(problems.size()).append(" problems:");
        for (String problem : problems) {
            text.append(System.lineSeparator()).append("  - ").append(problem);
        }
        return text.toString();
    }
}
