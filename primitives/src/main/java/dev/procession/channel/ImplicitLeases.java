package dev.procession.channel;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The items that threads of this process took without keeping a lease, oldest first. */
final class ImplicitLeases {
    private record Entry(Thread thread, LeaseHold hold) {}

    private final ReentrantLock guard = new ReentrantLock();
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();

    void add(LeaseHold hold) {
        guard.lock();
        try {
            entries.add(new Entry(Thread.currentThread(), hold));
        } finally {
            guard.unlock();
        }
    }

    /** {@return the oldest of this thread, else the oldest; null if there is none} */
    @Nullable
    LeaseHold next() {
        guard.lock();
        try {
            for (Iterator<Entry> each = entries.iterator(); each.hasNext(); ) {
                Entry entry = each.next();
                if (entry.thread() == Thread.currentThread()) {
                    each.remove();
                    return entry.hold();
                }
            }
            Entry first = entries.poll();
            return first == null ? null : first.hold();
        } finally {
            guard.unlock();
        }
    }
}
