package dev.procession.manager;

/** Something that clients own parts of. */
interface Holder {

    /** A client is gone: what it owned is given back, and what waits for it is dropped. */
    void sessionEnded(ClientSession session);

    /** A thread of a client that lives on has ended. */
    void threadEnded(Caller caller, String threadName);
}
