package dev.procession.internal.participant;

import dev.procession.OutOfSharedMemoryException;
import dev.procession.internal.liveness.Names;
import dev.procession.internal.liveness.Owner;
import dev.procession.internal.locking.LockWatcher;
import dev.procession.internal.locking.RobustLock;
import dev.procession.internal.memory.Block;
import dev.procession.internal.memory.Memory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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
 * A process with more sleeping threads than rows does not show the others until some of these wake up.
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
    private final ConcurrentHashMap<Thread, Integer> taken = new ConcurrentHashMap<>();

    /** Threads that sleep for a lock, by its number, and got no row; the supervisor looks for one. Under this monitor. */
    private final Map<Thread, Long> without = new HashMap<>();

    private volatile boolean someAreWithout;
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
        Block rows = block == null ? block() : block;
        Integer row = rows == null ? null : free.poll();
        Thread thread = Thread.currentThread();
        if (rows == null || row == null) {
            synchronized (this) {
                without.put(thread, lock.id());
                someAreWithout = true;
            }
            return;
        }
        fill(rows, row, thread, lock.id());
    }

    private void fill(Block rows, int row, Thread thread, long lock) {
        taken.put(thread, row);
        Memory memory = rows.memory();
        int at = rows.offset() + FIRST + row * ROW;
        memory.setLong(at + THREAD, thread.getId());
        memory.setLong(at + OBJECT, lock);
        memory.setLong(at + SINCE_NANOS, System.nanoTime());
        memory.setLong(at + SINCE_MILLIS, System.currentTimeMillis());
        Names.write(memory, at + NAME_LENGTH, NAME_MAX, thread.getName());
        // release: publishes the row; pairs with the acquire in read(), which drops a row whose sequence changed.
        memory.setLongRelease(at + SEQUENCE, sequences.incrementAndGet());
    }

    @Override
    public void awakes(RobustLock lock) {
        Thread thread = Thread.currentThread();
        Integer row = taken.remove(thread);
        if (row == null) {
            synchronized (this) {
                without.remove(thread);
                row = taken.remove(thread); // it may have got one at the last moment
            }
        }
        Block rows = block;
        if (row != null && rows != null) {
            rows.memory().setLongVolatile(rows.offset() + FIRST + row * ROW + SEQUENCE, 0);
            free.add(row);
        }
    }

    /** For the supervisor: gives rows to those that got none, since the heap was another process's or all rows were taken. */
    void tick() {
        if (!someAreWithout) {
            return;
        }
        Block rows = block == null ? block() : block;
        if (rows == null) {
            return;
        }
        synchronized (this) {
            for (Iterator<Map.Entry<Thread, Long>> each = without.entrySet().iterator(); each.hasNext(); ) {
                Integer row = free.poll();
                if (row == null) {
                    return;
                }
                Map.Entry<Thread, Long> entry = each.next();
                each.remove();
                fill(rows, row, entry.getKey(), entry.getValue());
            }
            someAreWithout = false;
        }
    }

    /** {@return whether some thread of this process sleeps for a lock} */
    boolean hasSleepers() {
        return !taken.isEmpty();
    }

    /** {@return the thread of this process with an id that sleeps for a lock} */
    @Nullable
    Thread sleeper(long id) {
        for (Thread thread : taken.keySet()) {
            if (thread.getId() == id) {
                return thread;
            }
        }
        return null;
    }

    /** {@return the threads that sleep for locks} */
    List<Thread> sleepers() {
        return new ArrayList<>(taken.keySet());
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
}
