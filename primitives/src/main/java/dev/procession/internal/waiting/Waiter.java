package dev.procession.internal.waiting;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One thread of this process that sleeps until somebody rings, or somebody who is called instead. */
final class Waiter {
    final Thread thread = Thread.currentThread();

    /** It does not select on the doorbell itself: a virtual thread would hold its carrier, and a signal has no thread. */
    final boolean virtual;

    private final @Nullable BooleanSupplier worth;
    private final @Nullable Runnable signal;

    /** Somebody woke it, or is about to. Set by the waker, cleared by the thread itself before it tries again. */
    private final AtomicBoolean rung = new AtomicBoolean();

    /** It has looked and found nothing; until it does so again only a ring helps it. Written by the thread itself. */
    volatile boolean asleep;

    Waiter(@Nullable BooleanSupplier worth) {
        this.worth = worth;
        this.signal = null;
        this.virtual = ThreadKind.isVirtual(thread);
    }

    /** One that is called once, by the waker, and has no thread. */
    Waiter(BooleanSupplier worth, Runnable signal) {
        this.worth = worth;
        this.signal = signal;
        this.virtual = true;
        this.asleep = true;
    }

    /** {@return whether there is no thread to be woken, because the waker has called the signal} */
    boolean wasSignalled() {
        Runnable called = signal;
        if (called == null) {
            return false;
        }
        if (!rung.getAndSet(true)) {
            called.run();
        }
        return true;
    }

    boolean isRung() {
        return rung.get();
    }

    void ring() {
        rung.set(true);
    }

    /** In one step: a ring that came between a look and a clearing would be lost. */
    boolean takeRing() {
        return rung.getAndSet(false);
    }

    /** Whether waking this thread would be of use. */
    boolean worthWaking() {
        return worth == null || worth.getAsBoolean();
    }
}
