package dev.procession.shared;

import dev.procession.internal.memory.Block;
import dev.procession.internal.memory.Memory;
import dev.procession.internal.memory.ObjectName;
import dev.procession.internal.participant.Attachment;
import dev.procession.internal.participant.HandleForm;
import dev.procession.internal.participant.Participant;
import dev.procession.internal.participant.SessionAccess;
import dev.procession.session.Session;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The payload of a block of the session's heap. */
final class BlockRegion extends Region {
    private final Attachment<Shape> attachment;

    private BlockRegion(Attachment<Shape> attachment) {
        super(attachment.participant(), payload(attachment.block()));
        this.attachment = attachment;
        // Not with the handle: it may be unreachable while a thread is still in its last store, and then the block
        // would be another's already.
        attachment.belongsTo(memory().anchor());
    }

    private static Memory payload(Block block) {
        return block.memory().part(block.offset(), block.size());
    }

    static BlockRegion create(Session session, @Nullable String name, Shape shape) {
        return create(session, name, shape, memory -> {});
    }

    static BlockRegion create(Session session, @Nullable String name, Shape shape, Consumer<Memory> fill) {
        return new BlockRegion(SessionAccess.of(session)
                .create(shape.type(), name, shape.bytes(), block -> fill(block, shape, fill), Shape::read));
    }

    static BlockRegion open(Session session, String name, Shape shape) {
        return open(session, name, shape, memory -> {});
    }

    static BlockRegion open(Session session, String name, Shape shape, Consumer<Memory> fill) {
        Participant participant = SessionAccess.of(session);
        Attachment<Shape> opened =
                participant.open(shape.type(), name, shape.bytes(), block -> fill(block, shape, fill), Shape::read);
        if (!opened.core().equals(shape)) {
            throw refused(opened, name, shape.describe());
        }
        return new BlockRegion(opened);
    }

    /** Attaches to named data of the element type and kind of a shape, whatever their length. */
    static BlockRegion attach(Session session, String name, Shape like) {
        Attachment<Shape> attached = SessionAccess.of(session).attach(like.type(), name, Shape::read);
        if (attached.core().element() != like.element()) {
            throw refused(attached, name, like.element().label());
        }
        return new BlockRegion(attached);
    }

    private static IllegalArgumentException refused(Attachment<Shape> found, String name, String wanted) {
        String there = found.core().describe();
        found.abandon();
        return new IllegalArgumentException(ObjectName.shown(name) + " is there as " + there + ", not as " + wanted);
    }

    private static void fill(Block block, Shape shape, Consumer<Memory> fill) {
        Memory payload = payload(block);
        shape.write(payload);
        fill.accept(payload);
    }

    Shape shape() {
        return attachment.core();
    }

    @Override
    void detach() {
        attachment.close();
    }

    @Override
    String label() {
        String name = attachment.block().name();
        return "shared " + shape().describe() + " " + (name == null ? name() : ObjectName.shown(name));
    }

    @Override
    String name() {
        return attachment.name();
    }

    @Override
    ByteBuffer buffer(int from, int length) {
        requireOpen();
        Block block = attachment.block();
        if (length == 0) {
            return ByteBuffer.allocateDirect(0).order(ByteOrder.nativeOrder()); // nothing can be mapped of nothing
        }
        Attachment<Shape> held = participant().attach(block, Shape::read);
        ByteBuffer mapped = null;
        try {
            mapped = participant().heap().map(block, from, length).order(ByteOrder.nativeOrder());
            held.belongsTo(mapped);
            return mapped;
        } finally {
            if (mapped == null) {
                held.abandon();
            }
        }
    }

    @Override
    Form form() {
        return new BlockForm(attachment.form());
    }

    private record BlockForm(HandleForm handle) implements Form {
        @Override
        public Region arrive() {
            return new BlockRegion(handle.attach(Shape::read));
        }
    }
}
