package dev.procession.manager;

/** What an event is asked from afar. */
interface EventCalls {
    void set();

    void clear();

    boolean isSet();

    @Waits
    boolean await(long nanos) throws InterruptedException;

    @Waits
    boolean awaitUninterruptibly(long nanos);
}
