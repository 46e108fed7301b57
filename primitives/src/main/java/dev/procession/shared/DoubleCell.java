package dev.procession.shared;

import dev.procession.session.Session;
import org.jspecify.annotations.Nullable;

/** A double in shared memory. */
final class DoubleCell extends FieldView implements SharedDouble {
    private static final long serialVersionUID = 1L;
    private static final Shape SHAPE = Shape.scalar(ElementType.DOUBLE);

    DoubleCell(Region region, int offset, boolean part) {
        super(region, offset, part);
    }

    static DoubleCell create(Session session, @Nullable String name, double value) {
        return whole(BlockRegion.create(
                session, name, SHAPE, memory -> memory.setLong(SHAPE.values(), Double.doubleToRawLongBits(value))));
    }

    static DoubleCell open(Session session, String name, double value) {
        return whole(BlockRegion.open(
                session, name, SHAPE, memory -> memory.setLong(SHAPE.values(), Double.doubleToRawLongBits(value))));
    }

    static DoubleCell attach(Session session, String name) {
        return whole(BlockRegion.attach(session, name, SHAPE));
    }

    private static DoubleCell whole(Region region) {
        return new DoubleCell(region, SHAPE.values(), false);
    }

    @Override
    ViewForm form() {
        return form(ViewKind.DOUBLE, 1);
    }

    @Override
    public double get() {
        region.requireOpen();
        return Double.longBitsToDouble(memory.getLongVolatile(base));
    }

    @Override
    public double getPlain() {
        region.requireOpen();
        return Double.longBitsToDouble(memory.getLong(base));
    }

    @Override
    public double getOpaque() {
        region.requireOpen();
        return Double.longBitsToDouble(memory.getLongOpaque(base));
    }

    @Override
    public double getAcquire() {
        region.requireOpen();
        return Double.longBitsToDouble(memory.getLongAcquire(base));
    }

    @Override
    public void set(double value) {
        region.requireOpen();
        memory.setLongVolatile(base, Double.doubleToRawLongBits(value));
    }

    @Override
    public void setPlain(double value) {
        region.requireOpen();
        memory.setLong(base, Double.doubleToRawLongBits(value));
    }

    @Override
    public void setOpaque(double value) {
        region.requireOpen();
        memory.setLongOpaque(base, Double.doubleToRawLongBits(value));
    }

    @Override
    public void setRelease(double value) {
        region.requireOpen();
        memory.setLongRelease(base, Double.doubleToRawLongBits(value));
    }

    @Override
    public double compareAndExchange(double expected, double value) {
        region.requireOpen();
        return Double.longBitsToDouble(memory.compareAndExchangeLong(
                base, Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(value)));
    }

    @Override
    public boolean compareAndSet(double expected, double value) {
        region.requireOpen();
        return memory.compareAndSetLong(base, Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(value));
    }

    @Override
    public double getAndSet(double value) {
        region.requireOpen();
        return Double.longBitsToDouble(memory.getAndSetLong(base, Double.doubleToRawLongBits(value)));
    }

    @Override
    Object boxed() {
        return get();
    }

    @Override
    void setBoxed(Object value) {
        set((Double) value);
    }

    @Override
    public String toString() {
        return "double " + name() + (isClosed() ? " (closed)" : " = " + get());
    }
}
