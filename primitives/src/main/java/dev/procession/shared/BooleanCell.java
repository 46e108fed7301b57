package dev.procession.shared;

import dev.procession.session.Session;
import org.jspecify.annotations.Nullable;

/** A boolean in shared memory. */
final class BooleanCell extends FieldView implements SharedBoolean {
    private static final long serialVersionUID = 1L;
    private static final Shape SHAPE = Shape.scalar(ElementType.BOOLEAN);

    BooleanCell(Region region, int offset, boolean part) {
        super(region, offset, part);
    }

    static BooleanCell create(Session session, @Nullable String name, boolean value) {
        return whole(BlockRegion.create(
                session, name, SHAPE, memory -> memory.setByte(SHAPE.values(), (byte) (value ? 1 : 0))));
    }

    static BooleanCell open(Session session, String name, boolean value) {
        return whole(BlockRegion.open(
                session, name, SHAPE, memory -> memory.setByte(SHAPE.values(), (byte) (value ? 1 : 0))));
    }

    static BooleanCell attach(Session session, String name) {
        return whole(BlockRegion.attach(session, name, SHAPE));
    }

    private static BooleanCell whole(Region region) {
        return new BooleanCell(region, SHAPE.values(), false);
    }

    @Override
    ViewForm form() {
        return form(ViewKind.BOOLEAN, 1);
    }

    @Override
    public boolean get() {
        region.requireOpen();
        return Packed.getVolatile(memory, base, Byte.BYTES) != 0;
    }

    @Override
    public boolean getPlain() {
        region.requireOpen();
        return memory.getByte(base) != 0;
    }

    @Override
    public boolean getOpaque() {
        region.requireOpen();
        return Packed.getOpaque(memory, base, Byte.BYTES) != 0;
    }

    @Override
    public boolean getAcquire() {
        region.requireOpen();
        return Packed.getAcquire(memory, base, Byte.BYTES) != 0;
    }

    @Override
    public void set(boolean value) {
        region.requireOpen();
        Packed.setVolatile(memory, base, Byte.BYTES, value ? 1 : 0);
    }

    @Override
    public void setPlain(boolean value) {
        region.requireOpen();
        memory.setByte(base, (byte) (value ? 1 : 0));
    }

    @Override
    public void setOpaque(boolean value) {
        region.requireOpen();
        Packed.setRelease(memory, base, Byte.BYTES, value ? 1 : 0);
    }

    @Override
    public void setRelease(boolean value) {
        region.requireOpen();
        Packed.setRelease(memory, base, Byte.BYTES, value ? 1 : 0);
    }

    @Override
    public boolean compareAndExchange(boolean expected, boolean value) {
        region.requireOpen();
        return Packed.compareAndExchange(memory, base, Byte.BYTES, expected ? 1 : 0, value ? 1 : 0) != 0;
    }

    @Override
    public boolean compareAndSet(boolean expected, boolean value) {
        region.requireOpen();
        return Packed.compareAndSet(memory, base, Byte.BYTES, expected ? 1 : 0, value ? 1 : 0);
    }

    @Override
    public boolean getAndSet(boolean value) {
        region.requireOpen();
        return Packed.getAndSet(memory, base, Byte.BYTES, value ? 1 : 0) != 0;
    }

    @Override
    Object boxed() {
        return get();
    }

    @Override
    void setBoxed(Object value) {
        set((Boolean) value);
    }

    @Override
    public String toString() {
        return "boolean " + name() + (isClosed() ? " (closed)" : " = " + get());
    }
}
