package dev.procession.shared;

import dev.procession.session.Session;
import org.jspecify.annotations.Nullable;

/** A short in shared memory. */
final class ShortCell extends FieldView implements SharedShort {
    private static final long serialVersionUID = 1L;
    private static final Shape SHAPE = Shape.scalar(ElementType.SHORT);

    ShortCell(Region region, int offset, boolean part) {
        super(region, offset, part);
    }

    static ShortCell create(Session session, @Nullable String name, short value) {
        return whole(BlockRegion.create(session, name, SHAPE, memory -> memory.setShort(SHAPE.values(), value)));
    }

    static ShortCell open(Session session, String name, short value) {
        return whole(BlockRegion.open(session, name, SHAPE, memory -> memory.setShort(SHAPE.values(), value)));
    }

    static ShortCell attach(Session session, String name) {
        return whole(BlockRegion.attach(session, name, SHAPE));
    }

    private static ShortCell whole(Region region) {
        return new ShortCell(region, SHAPE.values(), false);
    }

    @Override
    ViewForm form() {
        return form(ViewKind.SHORT, 1);
    }

    @Override
    public short get() {
        region.requireOpen();
        return (short) Packed.getVolatile(memory, base, Short.BYTES);
    }

    @Override
    public short getPlain() {
        region.requireOpen();
        return memory.getShort(base);
    }

    @Override
    public short getOpaque() {
        region.requireOpen();
        return (short) Packed.getOpaque(memory, base, Short.BYTES);
    }

    @Override
    public short getAcquire() {
        region.requireOpen();
        return (short) Packed.getAcquire(memory, base, Short.BYTES);
    }

    @Override
    public void set(short value) {
        region.requireOpen();
        Packed.setVolatile(memory, base, Short.BYTES, value);
    }

    @Override
    public void setPlain(short value) {
        region.requireOpen();
        memory.setShort(base, value);
    }

    @Override
    public void setOpaque(short value) {
        region.requireOpen();
        Packed.setRelease(memory, base, Short.BYTES, value);
    }

    @Override
    public void setRelease(short value) {
        region.requireOpen();
        Packed.setRelease(memory, base, Short.BYTES, value);
    }

    @Override
    public short compareAndExchange(short expected, short value) {
        region.requireOpen();
        return (short) Packed.compareAndExchange(memory, base, Short.BYTES, expected, value);
    }

    @Override
    public boolean compareAndSet(short expected, short value) {
        region.requireOpen();
        return Packed.compareAndSet(memory, base, Short.BYTES, expected, value);
    }

    @Override
    public short getAndSet(short value) {
        region.requireOpen();
        return (short) Packed.getAndSet(memory, base, Short.BYTES, value);
    }

    @Override
    public short getAndAdd(short delta) {
        region.requireOpen();
        return (short) Packed.getAndAdd(memory, base, Short.BYTES, delta);
    }

    @Override
    Object boxed() {
        return get();
    }

    @Override
    void setBoxed(Object value) {
        set((Short) value);
    }

    @Override
    public String toString() {
        return "short " + name() + (isClosed() ? " (closed)" : " = " + get());
    }
}
