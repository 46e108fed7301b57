package dev.procession.internal.participant;

import dev.procession.ObjectGoneException;
import dev.procession.OutOfSharedMemoryException;
import dev.procession.internal.memory.Block;
import dev.procession.internal.memory.ObjectName;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes and finds the objects of a session, for this process's part in it. See the methods of {@link Participant}. */
final class Blocks {
    private final Participant participant;
    private final Attachments attachments;
    private final AtomicInteger making = new AtomicInteger(); // threads that create an object

    Blocks(Participant participant, Attachments attachments) {
        this.participant = participant;
        this.attachments = attachments;
    }

    /** {@return whether a thread is in the midst of it} */
    boolean isMaking() {
        return making.get() != 0;
    }

    <C> Attachment<C> create(
            ObjectType type,
            @Nullable String name,
            long bytes,
            Consumer<Block> fill,
            BiFunction<Participant, Block, C> core) {
        participant.requireOpen();
        making.incrementAndGet();
        try {
            Block block = allocated(type, name, bytes, fill);
            boolean published = false;
            try {
                participant.heap().publish(block, participant.self());
                published = true;
            } finally {
                if (!published) {
                    freeUnlessLeft(block);
                }
            }
            return participant.attach(block, core);
        } finally {
            making.decrementAndGet();
        }
    }

    /** Whoever settles this process after it has left frees it, too. */
    private void freeUnlessLeft(Block block) {
        if (!participant.isClosed()) {
            participant.heap().free(block);
        }
    }

    <C> Attachment<C> open(
            ObjectType type, String name, long bytes, Consumer<Block> fill, BiFunction<Participant, Block, C> core) {
        participant.requireOpen();
        making.incrementAndGet();
        try {
            while (true) {
                Block found = participant.heap().find(name);
                if (found == null) {
                    found = participant.heap().publishOrFind(allocated(type, name, bytes, fill), participant.self());
                }
                requireType(found, type);
                try {
                    return participant.attach(found, core);
                } catch (ObjectGoneException e) {
                    // It was unlinked between the two steps: the name is free again.
                }
            }
        } finally {
            making.decrementAndGet();
        }
    }

    <C> Attachment<C> attach(ObjectType type, String name, BiFunction<Participant, Block, C> core) {
        participant.requireOpen();
        Block found = participant.heap().find(name);
        if (found == null) {
            throw ObjectGoneException.named(
                    ObjectName.shown(name),
                    "is not there: no process has created it in the session " + participant.directory()
                            + ", or it was unlinked");
        }
        requireType(found, type);
        return participant.attach(found, core);
    }

    private static void requireType(Block block, ObjectType type) {
        if (block.type() != type.code()) {
            throw new IllegalArgumentException("the object \"" + block.name() + "\" is "
                    + ObjectType.of(block.type()).withArticle() + ", not " + type.withArticle());
        }
    }

    Block allocatePart(ObjectType type, long bytes) {
        participant.requireOpen();
        try {
            return participant.heap().allocateUncleared(type.code(), null, bytes, participant.self());
        } catch (OutOfSharedMemoryException e) {
            if (!attachments.endUnused()) {
                throw e;
            }
            return participant.heap().allocateUncleared(type.code(), null, bytes, participant.self());
        }
    }

    private Block allocated(ObjectType type, @Nullable String name, long bytes, Consumer<Block> fill) {
        Block block;
        try {
            block = participant.heap().allocate(type.code(), name, bytes, participant.self());
        } catch (OutOfSharedMemoryException e) {
            if (!attachments.endUnused()) {
                throw e;
            }
            block = participant.heap().allocate(type.code(), name, bytes, participant.self());
        }
        boolean filled = false;
        try {
            fill.accept(block);
            filled = true;
            return block;
        } finally {
            if (!filled) {
                freeUnlessLeft(block);
            }
        }
    }
}
