package dev.procession.internal.participant;

import dev.procession.OutOfSharedMemoryException;
import dev.procession.internal.liveness.Names;
import dev.procession.internal.liveness.Owner;
import dev.procession.internal.locking.LockWatcher;
import dev.procession.internal.locking.RobustLock;
import dev.procession.internal.memory.Block;
import dev.procession.internal.memory.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Which threads of this process sleep for which lock, for whoever looks for a deadlock.
 *
 * <pre>
 *   0  OWNER  long  the process; before the block is published
 *  64  rows, ROWS x 128 bytes, each a thread's while it sleeps:
 *        0  SEQUENCE      long  0 = free; release, last when it is filled, first when it is freed
 *        8  THREAD        long
 *       16  OBJECT        long
 *       24  SINCE_NANOS   long
 *       32  SINCE_MILLIS  long
 *       40  NAME_LENGTH   int, NAME
 * </pre>
 *
 * A process with more sleeping threads than rows shows the others when rows become free. A thread that found the heap busy
 * when it went to sleep is entered by the supervisor.
 */
final class WaitTable implements LockWatcher {
    private static final int OWNER = 0;
    private static final int FIRST = 64;
    private static final int ROWS = 256;
    private static final int ROW = 128;
    private static final int SEQUENCE = 0;
    private static final int THREAD = 8;
    private static final int OBJECT = 16;
    private static final int SINCE_NANOS = 24;
    private static final int SINCE_MILLIS = 32;
    private static final int NAME_LENGTH = 40;
    private static final int NAME_MAX = ROW - NAME_LENGTH - Integer.BYTES;

    private final Participant participant;
    private final AtomicLong sequences = new AtomicLong();
    private final ConcurrentLinkedQueue<Integer> free = new ConcurrentLinkedQueue<>();
    private final ConcurrentHashMap<Thread, Sleep> sleeps = new ConcurrentHashMap<>();
    private volatile @Nullable Block block;

    WaitTable(Participant participant) {
        this.participant = participant;
    }

    /** The block is made by the first thread that sleeps: most processes never do. */
    private synchronized @Nullable Block block() {
        Block made = block;
        if (made == null && !participant.isClosed()) {
            // A process that was stopped while it had the heap must not keep a thread from waiting for a lock.
            if (!participant.tryHeap()) {
                return null;
            }
            try {
                made = participant
                        .heap()
                        .allocate(ObjectType.WAIT_TABLE.code(), null, FIRST + ROWS * ROW, participant.self());
                made.memory().setLong(made.offset() + OWNER, participant.self());
                participant.heap().addUser(made, Owner.slot(participant.self()));
                participant.heap().publish(made, participant.self());
            } catch (OutOfSharedMemoryException e) {
                return null; // a report that is missing must not keep anybody from waiting
            } finally {
                participant.leaveHeap();
            }
            for (int row = 0; row < ROWS; row++) {
                free.add(row);
            }
            block = made;
        }
        return made;
    }

    @Override
    public void sleeps(RobustLock lock) {
        Thread thread = Thread.currentThread();
        Sleep sleep = new Sleep(thread, lock.id(), System.nanoTime(), System.currentTimeMillis());
        sleeps.put(thread, sleep);
        enter(sleep);
    }

    @Override
    public void awakes(RobustLock lock) {
        Sleep sleep = sleeps.remove(Thread.currentThread());
        if (sleep != null) {
            sleep.end(block, free);
        }
    }

    /** For the supervisor: enters who found the heap busy, or no row free, when it went to sleep. */
    void enterLate() {
        for (Sleep sleep : sleeps.values()) {
            if (!sleep.isEntered() && !enter(sleep)) {
                return;
            }
        }
    }

    private boolean enter(Sleep sleep) {
        Block rows = block == null ? block() : block;
        return rows != null && sleep.enter(rows, free, sequences);
    }

    /** {@return whether some thread of this process sleeps for a lock} */
    boolean hasSleepers() {
        return !sleeps.isEmpty();
    }

    /** {@return the thread of this process with an id that sleeps for a lock} */
    @Nullable
    Thread sleeper(long id) {
        for (Thread thread : sleeps.keySet()) {
            if (thread.getId() == id) {
                return thread;
            }
        }
        return null;
    }

    /** {@return the threads that sleep for locks} */
    List<Thread> sleepers() {
        return new ArrayList<>(sleeps.keySet());
    }

    /** Reads the rows of any process. */
    static void read(Block block, List<WaitRow> into) {
        Memory memory = block.memory();
        long owner = memory.getLong(block.offset() + OWNER);
        for (int row = 0; row < ROWS; row++) {
            int at = block.offset() + FIRST + row * ROW;
            long sequence = memory.getLongAcquire(at + SEQUENCE);
            if (sequence == 0) {
                continue;
            }
            WaitRow found = new WaitRow(
                    owner,
                    memory.getLong(at + THREAD),
                    Names.read(memory, at + NAME_LENGTH, NAME_MAX),
                    memory.getLong(at + OBJECT),
                    sequence,
                    memory.getLong(at + SINCE_NANOS),
                    memory.getLong(at + SINCE_MILLIS));
            if (memory.getLongVolatile(at + SEQUENCE) == sequence) {
                into.add(found);
            }
        }
    }

    /** One thread's sleep. It is entered by the thread or by the supervisor, and ended by the thread. */
    private static final class Sleep {
        private static final int NONE = -1;

        private final Thread thread;
        private final long object;
        private final long sinceNanos;
        private final long sinceMillis;
        private int row = NONE; // guarded by this, as the next one
        private boolean ended;

        Sleep(Thread thread, long object, long sinceNanos, long sinceMillis) {
            this.thread = thread;
            this.object = object;
            this.sinceNanos = sinceNanos;
            this.sinceMillis = sinceMillis;
        }

        synchronized boolean isEntered() {
            return row != NONE;
        }

        /** {@return whether it needs no row any more, or has one} */
        synchronized boolean enter(Block rows, ConcurrentLinkedQueue<Integer> free, AtomicLong sequences) {
            if (ended || row != NONE) {
                return true;
            }
            Integer next = free.poll();
            if (next == null) {
                return false;
            }
            row = next;
            Memory memory = rows.memory();
            int at = rows.offset() + FIRST + row * ROW;
            memory.setLong(at + THREAD, thread.getId());
            memory.setLong(at + OBJECT, object);
            memory.setLong(at + SINCE_NANOS, sinceNanos);
            memory.setLong(at + SINCE_MILLIS, sinceMillis);
            Names.write(memory, at + NAME_LENGTH, NAME_MAX, thread.getName());
            // release: publishes the row; pairs with the acquire in read(), which drops a row whose sequence changed.
            memory.setLongRelease(at + SEQUENCE, sequences.incrementAndGet());
            return true;
        }

        synchronized void end(@Nullable Block rows, ConcurrentLinkedQueue<Integer> free) {
            ended = true;
            if (row != NONE && rows != null) {
                rows.memory().setLongVolatile(rows.offset() + FIRST + row * ROW + SEQUENCE, 0);
                free.add(row);
            }
        }
    }
}
