package dev.procession.pool;

/** What reports call a task: its own text; for a lambda, whose text says nothing, the class that it was written in. */
final class TaskText {
    private TaskText() {}

    static String of(Object task) {
        String className = task.getClass().getName();
        int lambda = className.indexOf("$$Lambda");
        if (lambda >= 0) {
            return "lambda of " + className.substring(className.lastIndexOf('.', lambda) + 1, lambda);
        }
        try {
            return String.valueOf(task);
        } catch (RuntimeException | Error e) {
            return className + " (its own text cannot be had: " + e.getClass().getName() + ")";
        }
    }
}
