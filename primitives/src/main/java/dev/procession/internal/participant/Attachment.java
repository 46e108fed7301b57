package dev.procession.internal.participant;

import dev.procession.internal.memory.Block;
import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/**
 * What a handle has of its object: the block, and the part of the object that all handles in this JVM share. Closing the
 * last handle of this process, or losing it to the garbage collector, ends the use of the block by this process.
 *
 * @param <C> what the handles share
 */
public final class Attachment<C> implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Shared<C> shared;
    private final Participant participant; // the shared part's: a load less on fast paths
    private Cleaner.@Nullable Cleanable cleanable;
    private volatile boolean closed;

    Attachment(Shared<C> shared) {
        this.shared = shared;
        this.participant = shared.participant;
    }

    /** Ends the attachment with its handle; called once, in the handle's constructor. */
    public void belongsTo(Object handle) {
        Shared<C> held = shared;
        cleanable = CLEANER.register(handle, held::release);
    }

    /**
     * The same, for a handle that has something to do before.
     *
     * @param before done once, when the handle was closed or is found unreachable; must not refer to the handle
     */
    public void belongsTo(Object handle, Runnable before) {
        Shared<C> held = shared;
        cleanable = CLEANER.register(handle, () -> {
            try {
                before.run();
            } finally {
                held.release();
            }
        });
    }

    /** Gives up an attachment that no handle was made of. */
    public void abandon() {
        closed = true;
        shared.release();
    }

    /** {@return what the handles of this JVM share} */
    public C core() {
        return shared.core;
    }

    /** {@return the block} */
    public Block block() {
        return shared.block;
    }

    /** {@return the session's participant} */
    public Participant participant() {
        return participant;
    }

    /** {@return what kind of object it is} */
    public ObjectType type() {
        return ObjectType.of(shared.block.type());
    }

    /** {@return the object's name, or of one without a name what its handles call it} */
    public String name() {
        String name = shared.block.name();
        return name == null ? shared.block.handle() : name;
    }

    /** {@return what messages call the object: {@code lock "journal"}} */
    public String label() {
        return Deaths.label(shared.block);
    }

    /**
     * Refuses use after close.
     *
     * @throws IllegalStateException if this handle or its session was closed
     */
    public void requireOpen() {
        if (closed) {
            throw new IllegalStateException(label() + " was closed by this process: open or attach it again");
        }
        participant.requireOpen();
    }

    /** {@return whether this handle or its session was closed} */
    public boolean isClosed() {
        return closed || participant.isClosed();
    }

    /** {@return what travels} */
    public HandleForm form() {
        requireOpen();
        return participant.form(shared.block);
    }

    @Override
    public void close() {
        closed = true;
        Cleaner.Cleanable held = cleanable;
        if (held != null) {
            held.clean();
        }
    }

    /** One per object and JVM. */
    static final class Shared<C> {
        private final Attachments all;
        private final Participant participant;
        private final Block block;
        private final C core;
        private int handles; // guarded by all
        private int unusedSince; // likewise: the tick at which the last handle went

        Shared(Attachments all, Participant participant, Block block, C core) {
            this.all = all;
            this.participant = participant;
            this.block = block;
            this.core = core;
        }

        Block block() {
            return block;
        }

        C core() {
            return core;
        }

        /** {@return whether it had no handle} */
        boolean retain() {
            return handles++ == 0;
        }

        /** {@return whether that was the last handle} */
        boolean drop(int tick) {
            unusedSince = tick;
            return --handles == 0;
        }

        int unusedSince() {
            return unusedSince;
        }

        boolean isInUse() {
            return core instanceof SharedCore known && known.isInUse();
        }

        private void release() {
            all.release(this);
        }
    }
}
