package dev.procession.channel;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;

/** A lease as its user has it. */
final class LeaseHandle<E> implements Lease<E> {
    private static final Cleaner CLEANER = Cleaner.create();

    private final QueueHandle<E> queue; // kept, so that the item's memory is
    private final E item;
    private final LeaseHold hold;
    private final Cleaner.Cleanable cleanable;

    LeaseHandle(QueueHandle<E> queue, E item, LeaseHold hold) {
        this.queue = queue;
        this.item = item;
        this.hold = hold;
        this.cleanable = CLEANER.register(this, hold);
    }

    @Override
    public E item() {
        return item;
    }

    @Override
    public long number() {
        return hold.seq;
    }

    @Override
    public int attempt() {
        return hold.attempt;
    }

    @Override
    public void done() {
        try {
            hold.done();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void close() {
        cleanable.clean();
    }

    @Override
    public String toString() {
        return "lease of item " + hold.seq + " of " + queue + ", attempt " + hold.attempt;
    }
}
