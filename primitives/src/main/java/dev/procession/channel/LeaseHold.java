package dev.procession.channel;

import dev.procession.internal.memory.Block;
import java.util.concurrent.atomic.AtomicBoolean;

/** One lease of this process, until it is done or given back. */
final class LeaseHold implements Runnable {
    final long seq;
    final int attempt;
    private final QueueCore core;
    private final Block item;
    private final long lease;
    private final AtomicBoolean ended = new AtomicBoolean();

    LeaseHold(QueueCore core, Block item, long seq) {
        this.core = core;
        this.item = item;
        this.seq = seq;
        this.lease = Item.lease(item);
        this.attempt = Item.attempts(lease);
        core.leaseCame();
    }

    void done() {
        if (!ended.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "item " + seq + " of " + core.label + " was done or given back before, by this lease");
        }
        if (!core.done(item, lease)) {
            throw new IllegalStateException(
                    "item " + seq + " of " + core.label
                            + " is not leased by this process any more: it was taken for dead, and the item was given out again");
        }
    }

    /** Gives it back unless it is done. */
    @Override
    public void run() {
        if (ended.compareAndSet(false, true)) {
            core.giveBack(item, lease);
        }
    }
}
