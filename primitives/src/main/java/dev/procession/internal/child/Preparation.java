package dev.procession.internal.child;

import org.jspecify.annotations.Nullable;

/**
 * Marks the thread that gets a body or a task ready to be run. Class initializers run there, and those that start a
 * process would do so again in every child, without end.
 */
public final class Preparation {
    private static volatile @Nullable Thread preparing;

    private Preparation() {}

    /** Begins one on this thread. A JVM makes one at a time. */
    public static void begin() {
        preparing = Thread.currentThread();
    }

    /** Ends it. */
    public static void end() {
        preparing = null;
    }

    /**
     * Refuses to start processes in one.
     *
     * @param what what was to be started
     * @throws IllegalStateException on the thread of a preparation
     */
    public static void refuse(String what) {
        if (preparing == Thread.currentThread()) {
            throw new IllegalStateException(
                    what + " cannot be started by a class initializer or readObject() in a child:"
                            + " each child would start one more; start it in main() or in the body");
        }
    }
}
