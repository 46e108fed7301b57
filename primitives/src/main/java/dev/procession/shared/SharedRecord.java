package dev.procession.shared;

import dev.procession.session.Session;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named fields in shared memory, laid out by a {@link RecordLayout}. A field is got once as what it is, and used from then
 * on; by its name alone where speed does not count.
 *
 * <pre>{@code
 * record Point(int x, double y) {}
 * SharedRecord point = SharedRecord.create(session, RecordLayout.of(Point.class));
 * SharedInt x = point.field("x", SharedInt.class);
 * x.incrementAndGet();
 * point.set(new Point(3, 4.5));
 * Point copy = point.copy(Point.class); // does not follow later changes
 * }</pre>
 *
 * <p>One field is read and written whole; several are not one step. Who changes several together, or copies while others
 * write, needs a lock ({@link Locked}).
 */
public final class SharedRecord extends View {
    private static final long serialVersionUID = 1L;

    private final transient RecordLayout layout;

    SharedRecord(Region region, RecordLayout layout, int base, boolean part) {
        super(region, base, part);
        this.layout = layout;
    }

    private static SharedRecord whole(BlockRegion region) {
        return new SharedRecord(region, layoutOf(region), region.shape().values(), false);
    }

    static RecordLayout layoutOf(Region region) {
        return RecordLayout.parse(((BlockRegion) region).shape().layout());
    }

    /** Creates an anonymous record of zeros. */
    public static SharedRecord create(Session session, RecordLayout layout) {
        return whole(BlockRegion.create(session, null, Shape.records(layout, 1)));
    }

    /**
     * Creates a named record of zeros, which must be new.
     *
     * @throws dev.procession.NameInUseException if the session has an object of that name
     */
    public static SharedRecord create(Session session, String name, RecordLayout layout) {
        return whole(BlockRegion.create(session, name, Shape.records(layout, 1)));
    }

    /**
     * Opens the record of a name, or creates it.
     *
     * @throws IllegalArgumentException if the object of that name is another one, or has another layout
     */
    public static SharedRecord open(Session session, String name, RecordLayout layout) {
        return whole(BlockRegion.open(session, name, Shape.records(layout, 1)));
    }

    /**
     * Attaches to the record of a name, whatever its layout. Of an array of records it is the first.
     *
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if the object of that name is no record
     */
    public static SharedRecord attach(Session session, String name) {
        BlockRegion region = BlockRegion.attach(session, name, SharedRecordArray.LIKE);
        if (region.shape().length() == 0) {
            region.close();
            throw new IllegalArgumentException("\"" + name + "\" is an empty array of records: there is no first one");
        }
        return whole(region);
    }

    /** {@return the names and places of the fields} */
    public RecordLayout layout() {
        return layout;
    }

    /**
     * A field as a handle of its own, which travels too.
     *
     * @param type what the field is: {@code SharedInt.class}, for an array {@code SharedIntArray.class} and so on
     * @throws IllegalArgumentException if there is no such field, or it is of another type
     */
    public <V extends SharedData> V field(String name, Class<V> type) {
        SharedData found = data(layout.field(name));
        if (!type.isInstance(found)) {
            throw new IllegalArgumentException(
                    "field " + layout.field(name).text() + " is not a " + type.getSimpleName());
        }
        return type.cast(found);
    }

    private FieldView data(RecordLayout.Field field) {
        region.requireOpen();
        int at = base + field.offset();
        int length = field.length();
        return switch (field.type()) {
            case BYTE -> field.isArray() ? new SharedBytes(region, at, length, true) : new ByteCell(region, at, true);
            case SHORT ->
                field.isArray() ? new SharedShortArray(region, at, length, true) : new ShortCell(region, at, true);
            case CHAR ->
                field.isArray() ? new SharedCharArray(region, at, length, true) : new CharCell(region, at, true);
            case INT -> field.isArray() ? new SharedIntArray(region, at, length, true) : new IntCell(region, at, true);
            case LONG ->
                field.isArray() ? new SharedLongArray(region, at, length, true) : new LongCell(region, at, true);
            case FLOAT ->
                field.isArray() ? new SharedFloatArray(region, at, length, true) : new FloatCell(region, at, true);
            case DOUBLE ->
                field.isArray() ? new SharedDoubleArray(region, at, length, true) : new DoubleCell(region, at, true);
            case BOOLEAN ->
                field.isArray() ? new SharedBooleanArray(region, at, length, true) : new BooleanCell(region, at, true);
            case RECORD -> throw new IllegalStateException("a field that is a record: " + field);
        };
    }

    /**
     * The value of a field, volatile; of an array a copy, plain.
     *
     * @return a box, or an array of primitives
     * @throws IllegalArgumentException if there is no such field
     */
    public Object get(String name) {
        return data(layout.field(name)).boxed();
    }

    /**
     * Sets a field, volatile; an array plain, from its first element on.
     *
     * @param value a box, or an array of primitives, of the field's own type
     * @throws IllegalArgumentException if there is no such field, it is of another type, or a shorter array
     */
    public void set(String name, Object value) {
        RecordLayout.Field field = layout.field(name);
        FieldView data = data(field);
        try {
            data.setBoxed(value);
        } catch (ClassCastException e) {
            throw new IllegalArgumentException(
                    "field " + field.text() + " cannot be set to a "
                            + value.getClass().getSimpleName(),
                    e);
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("the value is longer than field " + field.text(), e);
        }
    }

    /** {@return a copy of all fields, which does not follow later changes} */
    public Map<String, Object> toMap() {
        Map<String, Object> copy = new LinkedHashMap<>();
        for (String name : layout.names()) {
            copy.put(name, get(name));
        }
        return copy;
    }

    /**
     * A copy of the fields that a record type has components for, which does not follow later changes.
     *
     * @throws IllegalArgumentException if a component has no field, or one of another type, or the type is closed to this
     *     library
     */
    public <R extends Record> R copy(Class<R> type) {
        RecordComponent[] components = RecordLayout.components(type);
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = get(components[i].getName());
        }
        try {
            Constructor<R> canonical = type.getDeclaredConstructor(types);
            canonical.setAccessible(true);
            return canonical.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(type.getName() + " refuses " + toMap(), e.getCause());
        } catch (ReflectiveOperationException | InaccessibleObjectException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "no " + type.getName() + " can be made of " + layout
                            + ": it has components of other types, or its package is not opened to dev.procession.primitives",
                    e);
        }
    }

    /**
     * Sets the fields that a record has components for, one after the other.
     *
     * @throws IllegalArgumentException as {@link #copy} does
     */
    public void set(Record values) {
        for (RecordComponent component : RecordLayout.components(values.getClass())) {
            layout.field(component.getName()); // none is set if one is missing
        }
        for (RecordComponent component : RecordLayout.components(values.getClass())) {
            try {
                component.getAccessor().setAccessible(true);
                set(component.getName(), component.getAccessor().invoke(values));
            } catch (ReflectiveOperationException | InaccessibleObjectException e) {
                throw new IllegalArgumentException(
                        values.getClass().getName() + " cannot be read: its package is not opened to"
                                + " dev.procession.primitives",
                        e);
            }
        }
    }

    @Override
    ViewForm form() {
        return form(ViewKind.RECORD, 1);
    }

    @Override
    public String toString() {
        return "record " + name() + (isClosed() ? " (closed)" : " " + layout);
    }
}
