package dev.procession.shared;

import dev.procession.session.Session;
import org.jspecify.annotations.Nullable;

/** A long in shared memory. */
final class LongCell extends FieldView implements SharedLong {
    private static final long serialVersionUID = 1L;
    private static final Shape SHAPE = Shape.scalar(ElementType.LONG);

    LongCell(Region region, int offset, boolean part) {
        super(region, offset, part);
    }

    static LongCell create(Session session, @Nullable String name, long value) {
        return whole(BlockRegion.create(session, name, SHAPE, memory -> memory.setLong(SHAPE.values(), value)));
    }

    static LongCell open(Session session, String name, long value) {
        return whole(BlockRegion.open(session, name, SHAPE, memory -> memory.setLong(SHAPE.values(), value)));
    }

    static LongCell attach(Session session, String name) {
        return whole(BlockRegion.attach(session, name, SHAPE));
    }

    private static LongCell whole(Region region) {
        return new LongCell(region, SHAPE.values(), false);
    }

    @Override
    ViewForm form() {
        return form(ViewKind.LONG, 1);
    }

    @Override
    public long get() {
        region.requireOpen();
        return memory.getLongVolatile(base);
    }

    @Override
    public long getPlain() {
        region.requireOpen();
        return memory.getLong(base);
    }

    @Override
    public long getOpaque() {
        region.requireOpen();
        return memory.getLongOpaque(base);
    }

    @Override
    public long getAcquire() {
        region.requireOpen();
        return memory.getLongAcquire(base);
    }

    @Override
    public void set(long value) {
        region.requireOpen();
        memory.setLongVolatile(base, value);
    }

    @Override
    public void setPlain(long value) {
        region.requireOpen();
        memory.setLong(base, value);
    }

    @Override
    public void setOpaque(long value) {
        region.requireOpen();
        memory.setLongOpaque(base, value);
    }

    @Override
    public void setRelease(long value) {
        region.requireOpen();
        memory.setLongRelease(base, value);
    }

    @Override
    public long compareAndExchange(long expected, long value) {
        region.requireOpen();
        return memory.compareAndExchangeLong(base, expected, value);
    }

    @Override
    public boolean compareAndSet(long expected, long value) {
        region.requireOpen();
        return memory.compareAndSetLong(base, expected, value);
    }

    @Override
    public long getAndSet(long value) {
        region.requireOpen();
        return memory.getAndSetLong(base, value);
    }

    @Override
    public long getAndAdd(long delta) {
        region.requireOpen();
        return memory.getAndAddLong(base, delta);
    }

    @Override
    Object boxed() {
        return get();
    }

    @Override
    void setBoxed(Object value) {
        set((Long) value);
    }

    @Override
    public String toString() {
        return "long " + name() + (isClosed() ? " (closed)" : " = " + get());
    }
}
