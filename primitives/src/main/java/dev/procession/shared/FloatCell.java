package dev.procession.shared;

import dev.procession.session.Session;
import org.jspecify.annotations.Nullable;

/** A float in shared memory. */
final class FloatCell extends FieldView implements SharedFloat {
    private static final long serialVersionUID = 1L;
    private static final Shape SHAPE = Shape.scalar(ElementType.FLOAT);

    FloatCell(Region region, int offset, boolean part) {
        super(region, offset, part);
    }

    static FloatCell create(Session session, @Nullable String name, float value) {
        return whole(BlockRegion.create(
                session, name, SHAPE, memory -> memory.setInt(SHAPE.values(), Float.floatToRawIntBits(value))));
    }

    static FloatCell open(Session session, String name, float value) {
        return whole(BlockRegion.open(
                session, name, SHAPE, memory -> memory.setInt(SHAPE.values(), Float.floatToRawIntBits(value))));
    }

    static FloatCell attach(Session session, String name) {
        return whole(BlockRegion.attach(session, name, SHAPE));
    }

    private static FloatCell whole(Region region) {
        return new FloatCell(region, SHAPE.values(), false);
    }

    @Override
    ViewForm form() {
        return form(ViewKind.FLOAT, 1);
    }

    @Override
    public float get() {
        region.requireOpen();
        return Float.intBitsToFloat(memory.getIntVolatile(base));
    }

    @Override
    public float getPlain() {
        region.requireOpen();
        return Float.intBitsToFloat(memory.getInt(base));
    }

    @Override
    public float getOpaque() {
        region.requireOpen();
        return Float.intBitsToFloat(memory.getIntOpaque(base));
    }

    @Override
    public float getAcquire() {
        region.requireOpen();
        return Float.intBitsToFloat(memory.getIntAcquire(base));
    }

    @Override
    public void set(float value) {
        region.requireOpen();
        memory.setIntVolatile(base, Float.floatToRawIntBits(value));
    }

    @Override
    public void setPlain(float value) {
        region.requireOpen();
        memory.setInt(base, Float.floatToRawIntBits(value));
    }

    @Override
    public void setOpaque(float value) {
        region.requireOpen();
        memory.setIntOpaque(base, Float.floatToRawIntBits(value));
    }

    @Override
    public void setRelease(float value) {
        region.requireOpen();
        memory.setIntRelease(base, Float.floatToRawIntBits(value));
    }

    @Override
    public float compareAndExchange(float expected, float value) {
        region.requireOpen();
        return Float.intBitsToFloat(
                memory.compareAndExchangeInt(base, Float.floatToRawIntBits(expected), Float.floatToRawIntBits(value)));
    }

    @Override
    public boolean compareAndSet(float expected, float value) {
        region.requireOpen();
        return memory.compareAndSetInt(base, Float.floatToRawIntBits(expected), Float.floatToRawIntBits(value));
    }

    @Override
    public float getAndSet(float value) {
        region.requireOpen();
        return Float.intBitsToFloat(memory.getAndSetInt(base, Float.floatToRawIntBits(value)));
    }

    @Override
    Object boxed() {
        return get();
    }

    @Override
    void setBoxed(Object value) {
        set((Float) value);
    }

    @Override
    public String toString() {
        return "float " + name() + (isClosed() ? " (closed)" : " = " + get());
    }
}
