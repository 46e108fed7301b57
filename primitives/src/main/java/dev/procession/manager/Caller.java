package dev.procession.manager;

import org.jspecify.annotations.Nullable;

/**
 * A thread of a client: who owns what in the server.
 *
 * @param session the client
 * @param thread the thread's number in the client, which is never given to another thread
 */
record Caller(ClientSession session, long thread) {
    private static final ThreadLocal<@Nullable Caller> CURRENT = new ThreadLocal<>();

    /** For whom this thread works, null if it serves nobody. */
    static @Nullable Caller current() {
        return CURRENT.get();
    }

    static void set(@Nullable Caller caller) {
        if (caller == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(caller);
        }
    }

    String describe() {
        return "thread " + thread + " of " + session.describe();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Caller caller && caller.session == session && caller.thread == thread;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(session) * 31 + Long.hashCode(thread);
    }
}
