package dev.procession.manager;

import dev.procession.OwnerDeath;
import java.util.concurrent.BrokenBarrierException;
import org.jspecify.annotations.Nullable;

/** What a barrier is asked from afar. */
interface BarrierCalls {
    @Waits
    int await(long nanos) throws InterruptedException, BrokenBarrierException;

    void register();

    void deregister();

    void abort();

    void reset();

    boolean isBroken();

    @Nullable
    OwnerDeath ownerDeath();

    int waiting();

    int parties();

    /** How long a party waits that does not say it; for ever with the largest number. */
    long timeoutNanos();

    String describe();
}
