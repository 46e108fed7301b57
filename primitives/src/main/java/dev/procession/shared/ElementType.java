package dev.procession.shared;

/** What one element is. The code stands in shared memory; a code is never given a second meaning. */
enum ElementType {
    BYTE(1, Byte.BYTES, byte.class),
    SHORT(2, Short.BYTES, short.class),
    CHAR(3, Character.BYTES, char.class),
    INT(4, Integer.BYTES, int.class),
    LONG(5, Long.BYTES, long.class),
    FLOAT(6, Float.BYTES, float.class),
    DOUBLE(7, Double.BYTES, double.class),
    BOOLEAN(8, Byte.BYTES, boolean.class),
    RECORD(9, 0, Record.class);

    private final int code;
    private final int bytes;
    private final Class<?> type;

    ElementType(int code, int bytes, Class<?> type) {
        this.code = code;
        this.bytes = bytes;
        this.type = type;
    }

    int code() {
        return code;
    }

    /** The size of one, and its alignment; 0 = as long as its layout says. */
    int bytes() {
        return bytes;
    }

    /** The word in the language. */
    String label() {
        return type == Record.class ? "record" : type.getName();
    }

    static ElementType of(int code) {
        for (ElementType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new IllegalStateException("no element type has the code " + code);
    }

    static ElementType of(Class<?> type) {
        for (ElementType element : values()) {
            if (element.type == type && element != RECORD) {
                return element;
            }
        }
        throw new IllegalArgumentException("shared memory holds primitive types only: type=" + type.getName());
    }
}
