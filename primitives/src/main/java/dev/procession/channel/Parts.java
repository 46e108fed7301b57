package dev.procession.channel;

import dev.procession.ObjectGoneException;
import dev.procession.internal.memory.Block;
import dev.procession.internal.memory.Heap;
import dev.procession.internal.memory.Memory;
import dev.procession.internal.participant.ObjectType;
import dev.procession.internal.participant.Participant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The blocks that are parts of one queue, and references to them in shared memory. */
final class Parts {
    private final Participant participant;
    private final Heap heap;
    private final Block queue;

    Parts(Participant participant, Block queue) {
        this.participant = participant;
        this.heap = participant.heap();
        this.queue = queue;
    }

    Block allocate(ObjectType type, long bytes) {
        return participant.allocatePart(type, bytes);
    }

    void put(Block part) {
        heap.putInto(part, queue);
    }

    void takeOut(Block part) {
        heap.takeOut(part, participant.self());
    }

    void free(Block part) {
        heap.free(part);
    }

    List<Block> items() {
        return heap.parts(queue, ObjectType.QUEUE_ITEM.code());
    }

    Block resolve(long id, long gen, ObjectType type) {
        return heap.resolve((int) (id >>> Integer.SIZE), (int) id, gen, type.code());
    }

    boolean contains(Block part) {
        return heap.contains(part);
    }

    /** The generation last: a reference that is half-written leads nowhere, since generations never repeat. */
    static void refer(Memory memory, int at, @Nullable Block block) {
        memory.setLongRelease(at + Long.BYTES, 0);
        if (block != null) {
            memory.setLongRelease(at, block.id());
            memory.setLongRelease(at + Long.BYTES, block.gen());
        }
    }

    /** Frees what a reference leads to, unless it is gone or is a process's own by now. */
    void freeReferred(Memory memory, int at, ObjectType type) {
        long gen = memory.getLong(at + Long.BYTES);
        if (gen == 0) {
            return;
        }
        try {
            heap.free(resolve(memory.getLong(at), gen, type));
        } catch (ObjectGoneException e) {
            // It was freed already, or taken out: then it goes with its process.
        }
    }
}
