package dev.procession.shared;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the fields of a record lie in memory: each at the next multiple of its size, in the order of their declaration, as a
 * C compiler lays out a struct of the same types on most machines.
 *
 * <pre>{@code
 * RecordLayout point = RecordLayout.builder()
 *         .field("x", int.class)
 *         .field("y", double.class)
 *         .array("label", byte.class, 16)
 *         .build();
 * record Sample(long time, float value) {}
 * RecordLayout sample = RecordLayout.of(Sample.class);
 * }</pre>
 *
 * <p>Immutable. The layout is written down beside the records, so that who attaches needs none, and who opens with another
 * one is refused.
 */
public final class RecordLayout {
    private final Map<String, Field> fields;
    private final int bytes;
    private final String text;

    private RecordLayout(Map<String, Field> fields, int bytes) {
        this.fields = fields;
        this.bytes = bytes;
        List<String> texts = new ArrayList<>();
        fields.values().forEach(field -> texts.add(field.text()));
        this.text = String.join(",", texts);
    }

    /** {@return a builder without fields} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The layout of a record type's components.
     *
     * @param type a record whose components are primitive
     * @throws IllegalArgumentException if one is not; an array has no length here, and is added with a builder
     */
    public static RecordLayout of(Class<? extends Record> type) {
        Builder builder = new Builder();
        for (RecordComponent component : components(type)) {
            if (!component.getType().isPrimitive()) {
                throw new IllegalArgumentException("component " + component.getName() + " of " + type.getName()
                        + " is a " + component.getType().getSimpleName()
                        + ": a layout is made of primitive types; for arrays use RecordLayout.builder().array(...)");
            }
            builder.field(component.getName(), component.getType());
        }
        return builder.build();
    }

    static RecordComponent[] components(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        if (components == null) {
            throw new IllegalArgumentException(type.getName() + " is not a record");
        }
        return components;
    }

    /** The layout of a {@link #text}. */
    static RecordLayout parse(String text) {
        Builder builder = new Builder();
        for (String field : text.split(",", -1)) {
            int colon = field.indexOf(':');
            int bracket = field.indexOf('[');
            String type = field.substring(colon + 1, bracket < 0 ? field.length() : bracket);
            int length =
                    bracket < 0 ? Field.SINGLE : Integer.parseInt(field.substring(bracket + 1, field.length() - 1));
            builder.add(field.substring(0, colon), primitive(type), length);
        }
        return builder.build();
    }

    private static ElementType primitive(String label) {
        for (ElementType type : ElementType.values()) {
            if (type.label().equals(label)) {
                return type;
            }
        }
        throw new IllegalStateException("not a primitive type: " + label);
    }

    /** {@return the length of one record, a multiple of the size of its largest field} */
    public int bytes() {
        return bytes;
    }

    /** {@return the names of the fields, in order} */
    public List<String> names() {
        return List.copyOf(fields.keySet());
    }

    /**
     * Where a field begins.
     *
     * @return bytes from the begin of the record
     */
    public int offset(String name) {
        return field(name).offset();
    }

    Field field(String name) {
        Field field = fields.get(name);
        if (field == null) {
            throw new IllegalArgumentException("no field \"" + name + "\": fields=" + fields.keySet());
        }
        return field;
    }

    /** For example {@code x:int,label:byte[16]}. */
    String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordLayout layout && layout.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "{" + text + "}";
    }

    /**
     * A field.
     *
     * @param length number of elements, SINGLE if it is no array
     */
    record Field(String name, ElementType type, int length, int offset) {
        static final int SINGLE = -1;

        boolean isArray() {
            return length != SINGLE;
        }

        String text() {
            return name + ':' + type.label() + (isArray() ? "[" + length + "]" : "");
        }
    }

    /** Collects fields. */
    public static final class Builder {
        private final Map<String, Field> fields = new LinkedHashMap<>();
        private long end;
        private int alignment = 1;

        private Builder() {}

        /**
         * Adds a field.
         *
         * @param name a Java identifier
         * @param type a primitive type
         */
        public Builder field(String name, Class<?> type) {
            return add(name, ElementType.of(type), Field.SINGLE);
        }

        /**
         * Adds a field that is an array.
         *
         * @param name a Java identifier
         * @param type a primitive type
         * @param length number of elements
         */
        public Builder array(String name, Class<?> type, int length) {
            if (length < 0) {
                throw new IllegalArgumentException("length must not be negative: field=" + name + " length=" + length);
            }
            return add(name, ElementType.of(type), length);
        }

        private Builder add(String name, ElementType type, int length) {
            if (name.isEmpty()
                    || !Character.isJavaIdentifierStart(name.charAt(0))
                    || !name.chars().allMatch(Character::isJavaIdentifierPart)) {
                throw new IllegalArgumentException(
                        "the name of a field must be a Java identifier: name=\"" + name + '"');
            }
            long offset = aligned(end, type.bytes());
            if (fields.putIfAbsent(name, new Field(name, type, length, (int) offset)) != null) {
                throw new IllegalArgumentException("two fields have one name: name=\"" + name + '"');
            }
            end = offset + (long) type.bytes() * (length == Field.SINGLE ? 1 : length);
            if (end > Integer.MAX_VALUE - Long.BYTES) {
                throw new IllegalArgumentException("a record has less than 2 GiB: field=" + name + " ends at=" + end);
            }
            alignment = Math.max(alignment, type.bytes());
            return this;
        }

        /**
         * Makes the layout.
         *
         * @throws IllegalArgumentException if there is no field
         */
        public RecordLayout build() {
            if (fields.isEmpty()) {
                throw new IllegalArgumentException("a record has at least one field");
            }
            return new RecordLayout(
                    Collections.unmodifiableMap(new LinkedHashMap<>(fields)), (int) aligned(end, alignment));
        }

        private static long aligned(long offset, int to) {
            return (offset + to - 1) / to * to;
        }
    }
}
