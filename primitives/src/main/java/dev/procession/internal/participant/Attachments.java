package dev.procession.internal.participant;

import dev.procession.internal.liveness.Owner;
import dev.procession.internal.memory.Block;
import dev.procession.internal.record.Recorder;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;

/**
 * The objects that handles of this process lead to.
 *
 * <p>A block that its last handle has left may be given to somebody else at once, while another thread of this process is
 * still in the midst of a call by that handle: it waits, holds a lock, or is between its look at the handle and its
 * access. So a process goes on using a block for some ticks after its last handle was closed, and as long as a thread is
 * known to wait for the object or to hold it.
 */
final class Attachments {
    /** More than one, since the next tick may come at once. */
    private static final int TICKS = 2;

    /** One that comes because some process has just died does not count. */
    private static final long TICK_NANOS = 100_000_000;

    /** A program that makes and closes objects in a loop does not fill the memory with them in the meantime. */
    private static final int MOST_UNUSED = 256;

    private static final long MOST_UNUSED_BYTES = 4 << 20;

    private final Participant participant;
    private final Map<Long, Attachment.Shared<?>> attached = new HashMap<>();
    private final ArrayDeque<Attachment.Shared<?>> unused = new ArrayDeque<>(); // oldest first; in attached, too
    private final ReentrantLock guard = new ReentrantLock();
    private long unusedBytes;
    private int tick;
    private long tickSeen = System.nanoTime(); // when it was counted last

    Attachments(Participant participant) {
        this.participant = participant;
    }

    @SuppressWarnings("unchecked") // one type of block has one type of core
    <C> Attachment<C> attach(Block block, BiFunction<Participant, Block, C> core) {
        guard.lock();
        try {
            Attachment.Shared<?> shared = attached.get(block.id());
            if (shared == null || shared.block().gen() != block.gen()) {
                participant.heap().addUser(block, Owner.slot(participant.self()));
                shared = new Attachment.Shared<>(this, participant, block, core.apply(participant, block));
                nameForRecord(block);
                attached.put(block.id(), shared);
                shared.retain();
            } else if (shared.retain() && unused.remove(shared)) {
                unusedBytes -= block.size();
            }
            return new Attachment<>((Attachment.Shared<C>) shared);
        } finally {
            guard.unlock();
        }
    }

    private void nameForRecord(Block block) {
        Recorder recorder = participant.recorderOrNull();
        if (recorder != null) {
            String name = block.name();
            recorder.nameObject(block.gen(), ObjectType.of(block.type()).label(), name == null ? "" : name);
        }
    }

    void release(Attachment.Shared<?> shared) {
        guard.lock();
        try {
            if (!shared.drop(tick)) {
                return;
            }
            unused.add(shared);
            unusedBytes += shared.block().size();
            if (unused.size() > MOST_UNUSED || unusedBytes > MOST_UNUSED_BYTES) {
                endOldest();
            }
        } finally {
            guard.unlock();
        }
    }

    /** The oldest go early, but for those that a thread is known to use. */
    private void endOldest() {
        Iterator<Attachment.Shared<?>> oldest = unused.iterator();
        while (oldest.hasNext() && (unused.size() > MOST_UNUSED || unusedBytes > MOST_UNUSED_BYTES)) {
            endUnlessInUse(oldest);
        }
    }

    /** By the supervisor. */
    void tick() {
        if (!guard.tryLock()) {
            return; // whoever has it may wait for the heap
        }
        try {
            long now = System.nanoTime();
            if (now - tickSeen < TICK_NANOS) {
                return;
            }
            tickSeen = now;
            tick++;
            if (unused.isEmpty() || !isOld(unused.getFirst()) || !participant.tryHeap()) {
                return;
            }
            try {
                int old = 0;
                for (Attachment.Shared<?> shared : unused) {
                    old += isOld(shared) ? 1 : 0;
                }
                Iterator<Attachment.Shared<?>> oldest = unused.iterator();
                for (int i = 0; i < old; i++) {
                    endUnlessInUse(oldest);
                }
            } finally {
                participant.leaveHeap();
            }
        } finally {
            guard.unlock();
        }
    }

    private boolean isOld(Attachment.Shared<?> shared) {
        return tick - shared.unusedSince() > TICKS;
    }

    /**
     * Memory is short: ends the use of all that is not known to be used.
     *
     * @return whether there was any
     */
    boolean endUnused() {
        guard.lock();
        try {
            int before = unused.size();
            Iterator<Attachment.Shared<?>> oldest = unused.iterator();
            while (oldest.hasNext()) {
                endUnlessInUse(oldest);
            }
            return unused.size() < before;
        } finally {
            guard.unlock();
        }
    }

    private void endUnlessInUse(Iterator<Attachment.Shared<?>> at) {
        Attachment.Shared<?> shared = at.next();
        if (shared.isInUse()) {
            return;
        }
        at.remove();
        Block block = shared.block();
        unusedBytes -= block.size();
        attached.remove(block.id(), shared);
        if (shared.core() instanceof SharedCore core) {
            core.detached();
        }
        if (!participant.isClosed()) {
            try {
                participant.heap().removeUser(block, Owner.slot(participant.self()));
            } catch (IllegalStateException e) {
                if (!participant.isClosed()) {
                    throw e;
                }
                // Closed by another thread in the meantime: it does not use anything any more.
            }
        }
    }

    /** {@return whether no handle leads anywhere} */
    boolean isEmpty() {
        guard.lock();
        try {
            return attached.isEmpty();
        } finally {
            guard.unlock();
        }
    }
}
