package dev.procession.sync;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which threads of this process acquired how many of its permits. The number that the process has, in shared memory,
 * decides; this only tells what to give back when a thread has ended. Numbers change under the semaphore's lock.
 */
final class ThreadLeases {
    private final Map<Thread, Lease> leases = new ConcurrentHashMap<>();

    /** The calling thread's; made before the lock is taken, so that nothing is allocated under it. */
    Lease mine() {
        Thread thread = Thread.currentThread();
        Lease lease = leases.get(thread);
        return lease != null ? lease : leases.computeIfAbsent(thread, Lease::new);
    }

    /** The calling thread released permits: its own first, then those of any other thread. */
    void gave(int given) {
        Lease mine = leases.get(Thread.currentThread());
        int left = given - (mine == null ? 0 : mine.give(given));
        if (left > 0) {
            for (Lease lease : leases.values()) {
                left -= lease.give(left);
            }
        }
    }

    /** {@return a thread that has ended and had permits, null if there is none; forgets ended ones without} */
    @Nullable
    Lease ended() {
        leases.values().removeIf(lease -> lease.permits == 0 && !lease.thread.isAlive());
        for (Lease lease : leases.values()) {
            if (lease.permits > 0 && !lease.thread.isAlive()) {
                return lease;
            }
        }
        return null;
    }

    /** What one thread acquired. */
    static final class Lease {
        final Thread thread;
        private volatile int permits; // written under the semaphore's lock

        Lease(Thread thread) {
            this.thread = thread;
        }

        int permits() {
            return permits;
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // under the semaphore's lock; volatile for the supervisor's look
        void take(int taken) {
            permits += taken;
        }

        /** Returns how many of so many were this thread's. */
        @SuppressWarnings("NonAtomicVolatileUpdate") // as above
        int give(int asked) {
            int given = Math.min(asked, permits);
            permits -= given;
            return given;
        }
    }
}
