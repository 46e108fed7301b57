package dev.procession.shared;

import dev.procession.internal.locking.RobustLock;
import dev.procession.internal.memory.Block;
import dev.procession.internal.memory.FaultPoint;
import dev.procession.internal.memory.Memory;
import dev.procession.internal.participant.Deaths;
import dev.procession.internal.participant.Participant;
import dev.procession.internal.participant.SharedCore;
import java.lang.invoke.VarHandle;
import java.util.List;

/**
 * What the handles of one list share in this JVM.
 *
 * <p>A reader takes no lock: it copies the half that the control word names and looks at the word again. A writer holds the
 * lock, fills the other half, and commits by one store of the word. So a writer may die anywhere: the old value is whole, or
 * the new one is, and there is nothing to repair.
 */
final class ListCore implements SharedCore {
    private final Participant participant;
    private final RobustLock lock;
    private final String label;
    private final int slots;
    private final int count;

    ListCore(Participant participant, Block block) {
        this.participant = participant;
        this.slots = ListLayout.slots(participant.table().slots());
        this.count = block.memory().getInt(block.offset() + ListLayout.COUNT);
        this.lock = new RobustLock(
                participant.waiting(),
                block.memory(),
                block.offset() + ListLayout.LOCK,
                block.id(),
                () -> {},
                participant.lockWatcher());
        this.label = Deaths.label(block);
        participant.supervise(lock, label);
    }

    static long length(Participant participant, List<ListValue> values) {
        long length = ListLayout.slots(participant.table().slots()) + (long) ListLayout.SLOT * values.size();
        for (ListValue value : values) {
            length += 2L * capacity(value);
        }
        return length;
    }

    /** A number always fits, and a text may grow to the next multiple of eight bytes. */
    private static int capacity(ListValue value) {
        return Math.max(Long.BYTES, (value.bytes().length + Long.BYTES - 1) & -Long.BYTES);
    }

    static void fill(Participant participant, Memory payload, List<ListValue> values) {
        payload.setInt(ListLayout.COUNT, values.size());
        int slot = ListLayout.slots(participant.table().slots());
        int data = slot + ListLayout.SLOT * values.size();
        for (ListValue value : values) {
            int length = value.bytes().length;
            payload.setBytes(data, value.bytes(), 0, length);
            payload.setInt(slot + ListLayout.OFFSET, data);
            payload.setInt(slot + ListLayout.CAPACITY, capacity(value));
            payload.setLong(slot, ListLayout.first(value.type(), length));
            slot += ListLayout.SLOT;
            data += 2 * capacity(value);
        }
    }

    int count() {
        return count;
    }

    private int slot(int index) {
        return slots + index * ListLayout.SLOT;
    }

    ListValue get(Memory memory, int index) {
        int slot = slot(index);
        while (true) {
            // acquire: the half was filled before the release that named it
            long control = memory.getLongAcquire(slot);
            byte[] bytes = new byte[ListLayout.length(control)];
            memory.getBytes(half(memory, slot, ListLayout.half(control)), bytes, 0, bytes.length);
            // acquire: the word is read after the bytes. A writer that reused this half in the meantime had the word
            // changed before, by the change that gave it the half.
            VarHandle.acquireFence();
            if (memory.getLongOpaque(slot) == control) {
                return new ListValue(ListLayout.type(control), bytes);
            }
        }
    }

    void set(Memory memory, int index, ListValue value) {
        int slot = slot(index);
        int length = value.bytes().length;
        int capacity = memory.getInt(slot + ListLayout.CAPACITY);
        if (length > capacity) {
            throw new IllegalArgumentException(
                    "the value needs " + length + " bytes, but the slot was made for " + capacity + ": index=" + index);
        }
        lock.lock();
        try {
            long control = memory.getLong(slot);
            // release: the change that gave up this half is seen before the bytes that overwrite it
            VarHandle.releaseFence();
            int half = half(memory, slot, ListLayout.half(control) ^ 1);
            FaultPoint.reached("list.begin");
            memory.setBytes(half, value.bytes(), 0, length);
            FaultPoint.reached("list.written");
            memory.setLongRelease(slot, ListLayout.next(control, value.type(), length));
            FaultPoint.reached("list.committed");
        } finally {
            lock.unlock();
        }
    }

    private static int half(Memory memory, int slot, int half) {
        return memory.getInt(slot + ListLayout.OFFSET) + half * memory.getInt(slot + ListLayout.CAPACITY);
    }

    String describe() {
        return label + ": " + count + " values";
    }

    @Override
    public boolean isInUse() {
        return lock.isInUse();
    }

    @Override
    public void detached() {
        participant.forget(lock);
    }
}
