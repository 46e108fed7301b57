package dev.procession.manager;

import java.lang.ref.Cleaner;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells a manager what this process does not need any more: objects for which it has no proxy, and what threads held that have
 * ended. Its thread sleeps when there is nothing to watch.
 */
final class Housekeeping {
    private static final Cleaner CLEANER = Cleaner.create();
    private static final long PERIOD_MILLIS = 100;

    /** Takes the news to the manager. */
    interface Reporter {
        void released(Map<Long, Long> idsAndTimes);

        void ended(Thread thread);
    }

    private static final class Count {
        long times;
        int proxies;
    }

    private final Reporter reporter;
    private final String name;
    private final Map<Long, Count> counts = new HashMap<>();
    private final Map<Long, Long> released = new HashMap<>();
    private final Set<Thread> holders = ConcurrentHashMap.newKeySet();
    private @Nullable Thread thread;
    private boolean closed;

    Housekeeping(String name, Reporter reporter) {
        this.name = name;
        this.reporter = reporter;
    }

    /** A reference was given to this process, and stands behind a new proxy. */
    void arrived(Ref ref) {
        long id = ref.id();
        synchronized (this) {
            Count count = counts.computeIfAbsent(id, key -> new Count());
            count.times++;
            count.proxies++;
        }
        CLEANER.register(ref, () -> dropped(id));
    }

    private synchronized void dropped(long id) {
        Count count = counts.get(id);
        if (count != null && --count.proxies == 0) {
            counts.remove(id);
            released.merge(id, count.times, Long::sum);
            wakeUp();
        }
    }

    synchronized Set<Long> ids() {
        return Set.copyOf(counts.keySet());
    }

    /** A thread may own something in the manager from now on. */
    void holds(Thread holder) {
        if (holders.add(holder)) {
            synchronized (this) {
                wakeUp();
            }
        }
    }

    private void wakeUp() {
        if (thread == null && !closed) {
            Thread started = new Thread(null, this::run, "procession housekeeping of " + name, 0, false);
            started.setDaemon(true);
            thread = started;
            started.start();
        }
        notifyAll();
    }

    private void run() {
        while (true) {
            Map<Long, Long> gone;
            synchronized (this) {
                try {
                    while (!closed && holders.isEmpty() && released.isEmpty()) {
                        wait();
                    }
                    if (!closed) {
                        wait(PERIOD_MILLIS); // so that many releases make one message
                    }
                } catch (InterruptedException e) {
                    return;
                }
                if (closed) {
                    return;
                }
                gone = Map.copyOf(released);
                released.clear();
            }
            for (Iterator<Thread> threads = holders.iterator(); threads.hasNext(); ) {
                Thread holder = threads.next();
                if (!holder.isAlive()) {
                    threads.remove();
                    reporter.ended(holder);
                }
            }
            if (!gone.isEmpty()) {
                reporter.released(gone);
            }
        }
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
