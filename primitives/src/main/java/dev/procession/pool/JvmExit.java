package dev.procession.pool;

/**
 * Whether this JVM has begun to end. A terminal's Ctrl-C reaches the workers at the same moment as this process: that they
 * die of it is no news then.
 */
final class JvmExit {
    private final Thread hook = new Thread(null, this::begin, "procession pool exit", 0, false);
    private volatile boolean begun;

    /** Begins to watch; {@link #close} ends it, so that nothing of a closed pool stays in this JVM. */
    void watch() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            begun = true;
        }
    }

    private void begin() {
        begun = true;
    }

    boolean hasBegun() {
        return begun;
    }

    void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It runs, or has run.
        }
    }
}
