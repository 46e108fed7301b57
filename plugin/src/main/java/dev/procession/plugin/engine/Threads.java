package dev.procession.plugin.engine;

import java.util.concurrent.TimeUnit;

/** Waits for a thread that reads from a process that has ended, also when the waiting thread is interrupted. */
final class Threads {
    /** After the end of its process a reader has nothing to wait for, unless the machine stands still. */
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private Threads() {}

    static void join(Thread thread) {
        boolean interrupted = false;
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (thread.isAlive() && System.nanoTime() < deadline) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, deadline - System.nanoTime());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
