package dev.procession.sync;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what another thread or process brings about, with a deadline. */
public final class Eventually {
    private static final long NANOS = 30_000_000_000L;

    private Eventually() {}

    public static void holds(BooleanSupplier condition, Supplier<String> otherwise) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > NANOS) {
                throw new AssertionError("not within 30 s: " + otherwise.get());
            }
            Thread.sleep(1);
        }
    }

    public static void holds(String what, BooleanSupplier condition) throws InterruptedException {
        holds(condition, () -> what);
    }
}
