package dev.procession.manager;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A client process, from its control connection's first message to its end. */
final class ClientSession {
    final long pid;
    final String name;

    /** What it may own parts of. */
    final Set<Holder> touched = ConcurrentHashMap.newKeySet();

    private final Map<Long, Held> held = new HashMap<>();
    private final Set<ServerLink> links = new HashSet<>();
    private volatile boolean ended;
    private volatile boolean lostConnection;

    private static final class Held {
        @SuppressWarnings("UnusedVariable") // it is here so that it is not collected
        private final Exported object;

        long times;

        Held(Exported object) {
            this.object = object;
        }
    }

    ClientSession(long pid, String name) {
        this.pid = pid;
        this.name = name;
    }

    String describe() {
        return "process " + pid + " (" + name + ")";
    }

    boolean hasEnded() {
        return ended;
    }

    /** A call's connection has broken; whether the client is gone, the end of its first connection will tell. */
    void connectionLost() {
        lostConnection = true;
    }

    boolean hasLostConnection() {
        return lostConnection;
    }

    /** The client was given a reference. */
    synchronized void hold(Exported object) {
        if (!ended) {
            held.computeIfAbsent(object.id(), id -> new Held(object)).times++;
        }
    }

    /** The client has no proxy any more of those that it had when it had been given it so often. */
    synchronized void release(long id, long times) {
        Held known = held.get(id);
        if (known != null) {
            known.times -= times;
            if (known.times <= 0) {
                held.remove(id);
            }
        }
    }

    synchronized Set<Long> objects() {
        return new HashSet<>(held.keySet());
    }

    /** Returns false if the session has ended. */
    synchronized boolean add(ServerLink link) {
        return !ended && links.add(link);
    }

    synchronized void remove(ServerLink link) {
        links.remove(link);
    }

    /** Gives back all that it has; once. */
    void end() {
        List<ServerLink> open;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            held.clear();
            open = List.copyOf(links);
        }
        for (Holder holder : touched) {
            holder.sessionEnded(this);
        }
        open.forEach(ServerLink::cutOff);
    }

    void threadEnded(long thread, String threadName) {
        Caller caller = new Caller(this, thread);
        for (Holder holder : touched) {
            holder.threadEnded(caller, threadName);
        }
    }
}
