package dev.procession.testing;

import java.util.function.Supplier;

/** Waits for what another thread or process brings about, with a deadline. */
public final class Eventually {
    private static final long NANOS = 30_000_000_000L;
    private static final long PAUSE_MILLIS = 2;

    private Eventually() {}

    /**
     * What is asked again and again.
     *
     * @param <E> what asking may throw
     */
    @FunctionalInterface
    public interface Condition<E extends Exception> {
        boolean holds() throws E;
    }

    public static <E extends Exception> void holds(String what, Condition<E> condition) throws InterruptedException, E {
        holds(condition, () -> what);
    }

    public static <E extends Exception> void holds(Condition<E> condition, Supplier<String> otherwise)
            throws InterruptedException, E {
        long start = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - start > NANOS) {
                throw new AssertionError("not within 30 s: " + otherwise.get());
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
