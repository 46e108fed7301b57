package dev.procession.pool;

/**
 * Whether this JVM has begun to end. A terminal's Ctrl-C reaches the workers at the same moment as this process: that they
 * die of it is no news then.
 */
final class JvmExit {
    private static volatile boolean begun;

    static {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(null, JvmExit::begin, "procession pool exit", 0, false));
        } catch (IllegalStateException e) {
            begun = true;
        }
    }

    private JvmExit() {}

    private static void begin() {
        begun = true;
    }

    static boolean hasBegun() {
        return begun;
    }
}
