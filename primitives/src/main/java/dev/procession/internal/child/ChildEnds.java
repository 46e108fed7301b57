package dev.procession.internal.child;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells whoever shares memory with children of this process of their begin, and how they ended: nobody else learns it. */
public final class ChildEnds {
    private static final List<Listener> LISTENERS = new CopyOnWriteArrayList<>();

    private ChildEnds() {}

    /** Is told. */
    public interface Listener {
        /**
         * A child of this process was started, and has not been told yet what to run.
         *
         * @param pid its process id
         * @param name as it was given
         */
        void started(long pid, String name);

        /**
         * A child of this process has ended.
         *
         * @param pid its process id
         * @param code its exit code, or minus the number of the signal that ended it
         */
        void ended(long pid, int code);

        /** A child of this process is about to be killed by it, since nobody needs it any more. */
        void dismissed(long pid);

        /** The current thread begins to wait for the end of a child. */
        void joining(long pid);

        /** The current thread waits for it no more. */
        void joined(long pid, Join how);
    }

    /** How a wait for a child's end went. */
    public enum Join {
        ENDED,
        TIMED_OUT,
        INTERRUPTED
    }

    /** Adds a listener, for as long as this JVM lives or until it is removed. */
    public static void add(Listener listener) {
        LISTENERS.add(listener);
    }

    /** Removes a listener. */
    public static void remove(Listener listener) {
        LISTENERS.remove(listener);
    }

    /** A child was started. */
    public static void tellStarted(long pid, String name) {
        for (Listener listener : LISTENERS) {
            listener.started(pid, name);
        }
    }

    /** A child is about to be killed by this process, since nobody needs it any more. */
    public static void tellDismissed(long pid) {
        for (Listener listener : LISTENERS) {
            listener.dismissed(pid);
        }
    }

    /** The current thread begins to wait for the end of a child. */
    public static void tellJoining(long pid) {
        for (Listener listener : LISTENERS) {
            listener.joining(pid);
        }
    }

    /** The current thread waits for it no more. */
    public static void tellJoined(long pid, Join how) {
        for (Listener listener : LISTENERS) {
            listener.joined(pid, how);
        }
    }

    /** A child has ended. */
    public static void tell(long pid, int code) {
        for (Listener listener : LISTENERS) {
            listener.ended(pid, code);
        }
    }
}
