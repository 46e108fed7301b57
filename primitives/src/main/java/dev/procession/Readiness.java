package dev.procession;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** One wait for several things: a thread that parks, and what wakes it. */
final class Readiness implements Runnable {
    private final Thread waiter = Thread.currentThread();
    private volatile boolean signalled;

    private Readiness() {}

    static <W extends Waitable> List<W> await(Collection<? extends W> any, long timeoutNanos)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        List<W> ready = ready(any);
        // What is longer than 146 years is for ever, and must not wrap.
        boolean forEver = timeoutNanos > Long.MAX_VALUE / 2;
        long deadline = forEver ? 0 : System.nanoTime() + timeoutNanos;
        while (ready.isEmpty() && timeoutNanos > 0) {
            Readiness readiness = new Readiness();
            List<Waitable.Registration> registrations = new ArrayList<>(any.size());
            try {
                for (W waitable : any) {
                    registrations.add(waitable.whenReady(readiness));
                }
                // After the registrations: what became ready before them called nobody.
                ready = ready(any);
                while (ready.isEmpty() && !readiness.signalled) {
                    long left = forEver ? Long.MAX_VALUE : deadline - System.nanoTime();
                    if (left <= 0) {
                        return ready;
                    }
                    LockSupport.parkNanos(readiness, left);
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                }
            } finally {
                registrations.forEach(Waitable.Registration::close);
            }
            if (ready.isEmpty()) {
                ready = ready(any);
            }
        }
        return ready;
    }

    private static <W extends Waitable> List<W> ready(Collection<? extends W> any) {
        List<W> ready = new ArrayList<>();
        for (W waitable : any) {
            if (waitable.isReady()) {
                ready.add(waitable);
            }
        }
        return ready;
    }

    @Override
    public void run() {
        signalled = true;
        LockSupport.unpark(waiter);
    }
}
