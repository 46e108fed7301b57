package dev.procession.internal.waiting;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One thread of this process that sleeps until somebody rings. */
final class Waiter {
    final Thread thread = Thread.currentThread();
    final boolean virtual = ThreadKind.isVirtual(thread);
    private final @Nullable BooleanSupplier worth;

    /** Somebody woke it, or is about to. Set by the waker, cleared by the thread itself before it tries again. */
    private final AtomicBoolean rung = new AtomicBoolean();

    /** It has looked and found nothing; until it does so again only a ring helps it. Written by the thread itself. */
    volatile boolean asleep;

    Waiter(@Nullable BooleanSupplier worth) {
        this.worth = worth;
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
