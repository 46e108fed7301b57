package dev.procession.manager;

import dev.procession.OwnerDeath;
import java.util.List;

/** What a semaphore is asked from afar. */
interface SemaphoreCalls {
    @Waits
    @Holds
    boolean acquire(int permits, long nanos) throws InterruptedException;

    @Waits
    @Holds
    boolean acquireUninterruptibly(int permits, long nanos);

    void release(int permits);

    int available();

    @Holds
    int drain();

    boolean isLeased();

    List<OwnerDeath> deaths();
}
