package dev.procession.sync;

import dev.procession.ObjectGoneException;
import dev.procession.internal.liveness.Owner;
import dev.procession.internal.memory.Block;
import dev.procession.internal.memory.FaultPoint;
import dev.procession.internal.memory.Memory;
import dev.procession.internal.participant.ObjectType;
import dev.procession.internal.participant.Participant;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a condition's waiters: a few in the condition's block, the others in blocks of their own, each as large as all
 * before it together.
 *
 * <pre>
 *   0  USED    long  rows that may be somebody's lie before this one; the holder of the lock
 *   8  PLACES  long  places in the order that were given; likewise
 *  16  CHUNKS  16 x { PLACE long: segment, offset | GENERATION long }; likewise, the generation first
 * 272  the first 16 rows
 * </pre>
 *
 * <p>A chunk is used by every process that looked at it, and goes with the last one. So it may be gone while the condition
 * is not: then nobody living has a row in it, and whoever needs it makes it anew. Generations never repeat, so a reference
 * that was half written, or is old, leads nowhere.
 */
final class WaiterRows {
    /** Does something with a row that is somebody's. */
    @FunctionalInterface
    interface Visitor {
        void row(Memory memory, int at, long word);
    }

    private static final int USED = 0;
    private static final int PLACES = USED + Long.BYTES;
    private static final int CHUNKS = PLACES + Long.BYTES;
    private static final int REFERENCE = 2 * Long.BYTES;
    private static final int CHUNK_COUNT = 16;
    private static final int FIRST = CHUNKS + CHUNK_COUNT * REFERENCE;
    private static final int FIRST_ROWS = 16;

    /** What a condition needs for its first rows and the references to the others. */
    static final int LENGTH = FIRST + FIRST_ROWS * WaiterRow.LENGTH;

    private static final int MOST = FIRST_ROWS << CHUNK_COUNT;

    private final Participant participant;
    private final Memory memory;
    private final int base;
    private final AtomicReferenceArray<@Nullable Block> known = new AtomicReferenceArray<>(CHUNK_COUNT);

    WaiterRows(Participant participant, Memory memory, int base) {
        this.participant = participant;
        this.memory = memory;
        this.base = base;
    }

    /** Hands over every row that is somebody's; any thread may ask, but only the holder of the lock sees all of them. */
    void forEach(Visitor visitor) {
        int used = used();
        visit(visitor, memory, base + FIRST, Math.min(used, FIRST_ROWS));
        for (int chunk = 0; chunk < CHUNK_COUNT && firstRow(chunk) < used; chunk++) {
            Block block = chunk(chunk);
            if (block != null) {
                visit(visitor, block.memory(), block.offset(), Math.min(used - firstRow(chunk), firstRow(chunk)));
            }
        }
    }

    private static void visit(Visitor visitor, Memory memory, int first, int count) {
        for (int row = 0; row < count; row++) {
            int at = first + row * WaiterRow.LENGTH;
            long word = memory.getLongVolatile(at);
            if (word != 0) {
                visitor.row(memory, at, word);
            }
        }
    }

    /** Finds a row for the calling thread, which holds the lock, and puts it at the end of the order. */
    WaiterRow claim(ConditionCore condition) {
        int used = used();
        int index = 0;
        while (index < used) {
            Block block = index < FIRST_ROWS ? null : chunk(chunkOf(index));
            if (index >= FIRST_ROWS && block == null) {
                break; // its chunk is gone: made anew below
            }
            Memory rows = block == null ? memory : block.memory();
            if (rows.getLongVolatile(at(block, index)) == 0) {
                break;
            }
            index++;
        }
        Block block = index < FIRST_ROWS ? null : madeChunk(index);
        if (index == used) {
            memory.setLongVolatile(base + USED, used + 1);
            FaultPoint.reached("condition.row-counted");
        }
        long place = memory.getLong(base + PLACES) + 1;
        memory.setLong(base + PLACES, place);
        WaiterRow row =
                new WaiterRow(condition, block == null ? memory : block.memory(), at(block, index), participant.self());
        row.claim(place);
        return row;
    }

    /** Forgets rows at the end that are nobody's; by the holder of the lock. */
    void shrink() {
        int used = used();
        int left = used;
        while (left > 0) {
            int index = left - 1;
            Block block = index < FIRST_ROWS ? null : chunk(chunkOf(index));
            boolean gone = index >= FIRST_ROWS && block == null;
            Memory rows = block == null ? memory : block.memory();
            if (!gone && rows.getLongVolatile(at(block, index)) != 0) {
                break;
            }
            left--;
        }
        if (left != used) {
            memory.setLongVolatile(base + USED, left);
        }
    }

    private int used() {
        return (int) Math.min(memory.getLongVolatile(base + USED), MOST);
    }

    private int at(@Nullable Block chunk, int index) {
        return chunk == null
                ? base + FIRST + index * WaiterRow.LENGTH
                : chunk.offset() + (index - firstRow(chunkOf(index))) * WaiterRow.LENGTH;
    }

    private static int chunkOf(int index) {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(index / FIRST_ROWS);
    }

    /** The first row of a chunk, which is also the number of its rows. */
    private static int firstRow(int chunk) {
        return FIRST_ROWS << chunk;
    }

    private int reference(int chunk) {
        return base + CHUNKS + chunk * REFERENCE;
    }

    /** {@return a chunk, null if nobody living knows it} */
    private @Nullable Block chunk(int chunk) {
        long place = memory.getLongVolatile(reference(chunk));
        long generation = memory.getLongVolatile(reference(chunk) + Long.BYTES);
        Block block = known.get(chunk);
        if (block != null && block.gen() == generation && block.id() == place) {
            return block;
        }
        if (generation == 0) {
            return null;
        }
        try {
            Block found = participant
                    .heap()
                    .resolve((int) (place >>> 32), (int) place, generation, ObjectType.WAITER_CHUNK.code());
            participant.heap().addUser(found, Owner.slot(participant.self()));
            replace(chunk, block, found);
            return found;
        } catch (ObjectGoneException e) {
            return null;
        }
    }

    private void replace(int chunk, @Nullable Block old, Block now) {
        known.set(chunk, now);
        if (old != null) {
            participant.heap().removeUser(old, Owner.slot(participant.self()));
        }
    }

    private Block madeChunk(int index) {
        if (index >= MOST) {
            throw new IllegalStateException("more than " + MOST + " threads wait for one condition");
        }
        int chunk = chunkOf(index);
        Block there = chunk(chunk);
        if (there != null) {
            return there;
        }
        Block made = participant
                .heap()
                .allocate(
                        ObjectType.WAITER_CHUNK.code(),
                        null,
                        (long) firstRow(chunk) * WaiterRow.LENGTH,
                        participant.self());
        // A user before it is published: if this process dies now, the chunk goes with it.
        participant.heap().addUser(made, Owner.slot(participant.self()));
        participant.heap().publish(made, participant.self());
        FaultPoint.reached("condition.chunk-made");
        memory.setLongVolatile(reference(chunk) + Long.BYTES, made.gen());
        FaultPoint.reached("condition.chunk-generation");
        memory.setLongVolatile(reference(chunk), made.id());
        FaultPoint.reached("condition.chunk-known");
        replace(chunk, known.get(chunk), made);
        return made;
    }

    /** This process does not use them any more. */
    void detach() {
        for (int chunk = 0; chunk < CHUNK_COUNT; chunk++) {
            Block block = known.getAndSet(chunk, null);
            if (block != null && !participant.isClosed()) {
                participant.heap().removeUser(block, Owner.slot(participant.self()));
            }
        }
    }
}
