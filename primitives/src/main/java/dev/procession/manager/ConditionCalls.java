package dev.procession.manager;

/** What a condition is asked from afar. */
interface ConditionCalls {
    /** Returns whether it was signalled. */
    @Waits
    boolean await(long nanos) throws InterruptedException;

    @Waits
    boolean awaitUninterruptibly(long nanos);

    void signal(int waiters);

    int waiters();

    Object lock();

    String describe();
}
