package dev.procession.shared;

import dev.procession.session.Session;
import org.jspecify.annotations.Nullable;

/** A byte in shared memory. */
final class ByteCell extends FieldView implements SharedByte {
    private static final long serialVersionUID = 1L;
    private static final Shape SHAPE = Shape.scalar(ElementType.BYTE);

    ByteCell(Region region, int offset, boolean part) {
        super(region, offset, part);
    }

    static ByteCell create(Session session, @Nullable String name, byte value) {
        return whole(BlockRegion.create(session, name, SHAPE, memory -> memory.setByte(SHAPE.values(), value)));
    }

    static ByteCell open(Session session, String name, byte value) {
        return whole(BlockRegion.open(session, name, SHAPE, memory -> memory.setByte(SHAPE.values(), value)));
    }

    static ByteCell attach(Session session, String name) {
        return whole(BlockRegion.attach(session, name, SHAPE));
    }

    private static ByteCell whole(Region region) {
        return new ByteCell(region, SHAPE.values(), false);
    }

    @Override
    ViewForm form() {
        return form(ViewKind.BYTE, 1);
    }

    @Override
    public byte get() {
        region.requireOpen();
        return (byte) Packed.getVolatile(memory, base, Byte.BYTES);
    }

    @Override
    public byte getPlain() {
        region.requireOpen();
        return memory.getByte(base);
    }

    @Override
    public byte getOpaque() {
        region.requireOpen();
        return (byte) Packed.getOpaque(memory, base, Byte.BYTES);
    }

    @Override
    public byte getAcquire() {
        region.requireOpen();
        return (byte) Packed.getAcquire(memory, base, Byte.BYTES);
    }

    @Override
    public void set(byte value) {
        region.requireOpen();
        Packed.setVolatile(memory, base, Byte.BYTES, value);
    }

    @Override
    public void setPlain(byte value) {
        region.requireOpen();
        memory.setByte(base, value);
    }

    @Override
    public void setOpaque(byte value) {
        region.requireOpen();
        Packed.setRelease(memory, base, Byte.BYTES, value);
    }

    @Override
    public void setRelease(byte value) {
        region.requireOpen();
        Packed.setRelease(memory, base, Byte.BYTES, value);
    }

    @Override
    public byte compareAndExchange(byte expected, byte value) {
        region.requireOpen();
        return (byte) Packed.compareAndExchange(memory, base, Byte.BYTES, expected, value);
    }

    @Override
    public boolean compareAndSet(byte expected, byte value) {
        region.requireOpen();
        return Packed.compareAndSet(memory, base, Byte.BYTES, expected, value);
    }

    @Override
    public byte getAndSet(byte value) {
        region.requireOpen();
        return (byte) Packed.getAndSet(memory, base, Byte.BYTES, value);
    }

    @Override
    public byte getAndAdd(byte delta) {
        region.requireOpen();
        return (byte) Packed.getAndAdd(memory, base, Byte.BYTES, delta);
    }

    @Override
    Object boxed() {
        return get();
    }

    @Override
    void setBoxed(Object value) {
        set((Byte) value);
    }

    @Override
    public String toString() {
        return "byte " + name() + (isClosed() ? " (closed)" : " = " + get());
    }
}
