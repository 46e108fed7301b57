package dev.procession.shared;

import dev.procession.session.Session;
import java.util.Objects;

/** A fixed number of records of one layout, one behind the other. {@link SharedRecord} says what a record is. */
public final class SharedRecordArray extends View {
    private static final long serialVersionUID = 1L;

    /** What attaching asks of a block: records, whatever their layout and number. */
    static final Shape LIKE =
            Shape.records(RecordLayout.builder().field("any", byte.class).build(), 0);

    private final transient RecordLayout layout;
    private final transient int length;

    SharedRecordArray(Region region, RecordLayout layout, int base, int length, boolean part) {
        super(region, base, part);
        this.layout = layout;
        this.length = length;
    }

    private static SharedRecordArray whole(BlockRegion region) {
        Shape shape = region.shape();
        return new SharedRecordArray(region, SharedRecord.layoutOf(region), shape.values(), shape.length(), false);
    }

    /**
     * Creates an anonymous array of records of zeros.
     *
     * @param length number of records
     * @throws dev.procession.OutOfSharedMemoryException if there is no room
     */
    public static SharedRecordArray create(Session session, RecordLayout layout, int length) {
        return whole(BlockRegion.create(session, null, Shape.records(layout, length)));
    }

    /**
     * Creates a named array of records of zeros, which must be new.
     *
     * @throws dev.procession.NameInUseException if the session has an object of that name
     */
    public static SharedRecordArray create(Session session, String name, RecordLayout layout, int length) {
        return whole(BlockRegion.create(session, name, Shape.records(layout, length)));
    }

    /**
     * Opens the array of a name, or creates it.
     *
     * @throws IllegalArgumentException if the object of that name is another one, or has another layout or length
     */
    public static SharedRecordArray open(Session session, String name, RecordLayout layout, int length) {
        return whole(BlockRegion.open(session, name, Shape.records(layout, length)));
    }

    /**
     * Attaches to the array of a name, whatever its layout and length.
     *
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if the object of that name has no records
     */
    public static SharedRecordArray attach(Session session, String name) {
        return whole(BlockRegion.attach(session, name, LIKE));
    }

    /** {@return the number of records} */
    public int length() {
        return length;
    }

    /** {@return what each of them is} */
    public RecordLayout layout() {
        return layout;
    }

    /** {@return a record: the same memory, which travels too} */
    public SharedRecord get(int index) {
        region.requireOpen();
        return new SharedRecord(region, layout, base + Objects.checkIndex(index, length) * layout.bytes(), true);
    }

    /** {@return the records from one index up to, not including, another: the same memory} */
    public SharedRecordArray slice(int from, int to) {
        region.requireOpen();
        int start = base + Objects.checkFromToIndex(from, to, length) * layout.bytes();
        return new SharedRecordArray(region, layout, start, to - from, true);
    }

    @Override
    ViewForm form() {
        return form(ViewKind.RECORDS, length);
    }

    @Override
    public String toString() {
        return "record[" + length + "] " + name() + (isClosed() ? " (closed)" : " " + layout);
    }
}
