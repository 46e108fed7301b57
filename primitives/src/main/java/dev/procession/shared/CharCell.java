package dev.procession.shared;

import dev.procession.session.Session;
import org.jspecify.annotations.Nullable;

/** A char in shared memory. */
final class CharCell extends FieldView implements SharedChar {
    private static final long serialVersionUID = 1L;
    private static final Shape SHAPE = Shape.scalar(ElementType.CHAR);

    CharCell(Region region, int offset, boolean part) {
        super(region, offset, part);
    }

    static CharCell create(Session session, @Nullable String name, char value) {
        return whole(BlockRegion.create(session, name, SHAPE, memory -> memory.setChar(SHAPE.values(), value)));
    }

    static CharCell open(Session session, String name, char value) {
        return whole(BlockRegion.open(session, name, SHAPE, memory -> memory.setChar(SHAPE.values(), value)));
    }

    static CharCell attach(Session session, String name) {
        return whole(BlockRegion.attach(session, name, SHAPE));
    }

    private static CharCell whole(Region region) {
        return new CharCell(region, SHAPE.values(), false);
    }

    @Override
    ViewForm form() {
        return form(ViewKind.CHAR, 1);
    }

    @Override
    public char get() {
        region.requireOpen();
        return (char) Packed.getVolatile(memory, base, Character.BYTES);
    }

    @Override
    public char getPlain() {
        region.requireOpen();
        return memory.getChar(base);
    }

    @Override
    public char getOpaque() {
        region.requireOpen();
        return (char) Packed.getOpaque(memory, base, Character.BYTES);
    }

    @Override
    public char getAcquire() {
        region.requireOpen();
        return (char) Packed.getAcquire(memory, base, Character.BYTES);
    }

    @Override
    public void set(char value) {
        region.requireOpen();
        Packed.setVolatile(memory, base, Character.BYTES, value);
    }

    @Override
    public void setPlain(char value) {
        region.requireOpen();
        memory.setChar(base, value);
    }

    @Override
    public void setOpaque(char value) {
        region.requireOpen();
        Packed.setRelease(memory, base, Character.BYTES, value);
    }

    @Override
    public void setRelease(char value) {
        region.requireOpen();
        Packed.setRelease(memory, base, Character.BYTES, value);
    }

    @Override
    public char compareAndExchange(char expected, char value) {
        region.requireOpen();
        return (char) Packed.compareAndExchange(memory, base, Character.BYTES, expected, value);
    }

    @Override
    public boolean compareAndSet(char expected, char value) {
        region.requireOpen();
        return Packed.compareAndSet(memory, base, Character.BYTES, expected, value);
    }

    @Override
    public char getAndSet(char value) {
        region.requireOpen();
        return (char) Packed.getAndSet(memory, base, Character.BYTES, value);
    }

    @Override
    Object boxed() {
        return get();
    }

    @Override
    void setBoxed(Object value) {
        set((Character) value);
    }

    @Override
    public String toString() {
        return "char " + name() + (isClosed() ? " (closed)" : " = " + get());
    }
}
