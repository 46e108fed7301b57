package dev.procession.shared;

import dev.procession.session.Session;
import org.jspecify.annotations.Nullable;

/** An int in shared memory. */
final class IntCell extends FieldView implements SharedInt {
    private static final long serialVersionUID = 1L;
    private static final Shape SHAPE = Shape.scalar(ElementType.INT);

    IntCell(Region region, int offset, boolean part) {
        super(region, offset, part);
    }

    static IntCell create(Session session, @Nullable String name, int value) {
        return whole(BlockRegion.create(session, name, SHAPE, memory -> memory.setInt(SHAPE.values(), value)));
    }

    static IntCell open(Session session, String name, int value) {
        return whole(BlockRegion.open(session, name, SHAPE, memory -> memory.setInt(SHAPE.values(), value)));
    }

    static IntCell attach(Session session, String name) {
        return whole(BlockRegion.attach(session, name, SHAPE));
    }

    private static IntCell whole(Region region) {
        return new IntCell(region, SHAPE.values(), false);
    }

    @Override
    ViewForm form() {
        return form(ViewKind.INT, 1);
    }

    @Override
    public int get() {
        region.requireOpen();
        return memory.getIntVolatile(base);
    }

    @Override
    public int getPlain() {
        region.requireOpen();
        return memory.getInt(base);
    }

    @Override
    public int getOpaque() {
        region.requireOpen();
        return memory.getIntOpaque(base);
    }

    @Override
    public int getAcquire() {
        region.requireOpen();
        return memory.getIntAcquire(base);
    }

    @Override
    public void set(int value) {
        region.requireOpen();
        memory.setIntVolatile(base, value);
    }

    @Override
    public void setPlain(int value) {
        region.requireOpen();
        memory.setInt(base, value);
    }

    @Override
    public void setOpaque(int value) {
        region.requireOpen();
        memory.setIntOpaque(base, value);
    }

    @Override
    public void setRelease(int value) {
        region.requireOpen();
        memory.setIntRelease(base, value);
    }

    @Override
    public int compareAndExchange(int expected, int value) {
        region.requireOpen();
        return memory.compareAndExchangeInt(base, expected, value);
    }

    @Override
    public boolean compareAndSet(int expected, int value) {
        region.requireOpen();
        return memory.compareAndSetInt(base, expected, value);
    }

    @Override
    public int getAndSet(int value) {
        region.requireOpen();
        return memory.getAndSetInt(base, value);
    }

    @Override
    public int getAndAdd(int delta) {
        region.requireOpen();
        return memory.getAndAddInt(base, delta);
    }

    @Override
    Object boxed() {
        return get();
    }

    @Override
    void setBoxed(Object value) {
        set((Integer) value);
    }

    @Override
    public String toString() {
        return "int " + name() + (isClosed() ? " (closed)" : " = " + get());
    }
}
