package dev.procession.plugin.lecture;

import java.util.Arrays;
import java.util.Optional;

/** The line of an example that a stack leads to: not where in the JDK, in the library or on the stage it went on. */
final class Culprit {
    private static final String OTHERS =
            "(java|jdk|sun)\\..*|dev\\.procession\\.(?!plugin\\.).*|dev\\.procession\\.plugin\\.lecture\\.([A-Z]|play\\.).*";

    private Culprit() {}

    /** {@return the innermost line of an example, if there is one} */
    static Optional<StackTraceElement> in(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(element -> !element.getClassName().matches(OTHERS))
                .findFirst();
    }

    /** What was thrown and where, to be read behind the name of an example; {@code rest} says where the whole stack is. */
    static String told(Throwable thrown, String rest) {
        StackTraceElement[] stack = thrown.getStackTrace();
        Optional<StackTraceElement> where =
                in(stack).or(() -> Arrays.stream(stack).findFirst());
        return "threw " + thrown
                + where.map(line -> " (at " + line + "; " + rest + ")").orElse("");
    }
}
