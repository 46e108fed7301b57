package dev.procession.shared;

import dev.procession.internal.memory.Block;
import dev.procession.internal.memory.Memory;
import dev.procession.internal.participant.ObjectType;
import dev.procession.internal.participant.Participant;
import java.nio.charset.StandardCharsets;

/**
 * What lies in a block of shared data. Written before the block is published, constant from then on.
 *
 * <pre>
 *   0  ELEMENT  int   code of the element type
 *   4  LENGTH   int   number of elements
 *   8  a scalar's value, 8 bytes at most, where this header ends; else
 *   8  TEXT     int   length of the layout's text, 0 if the elements are no records
 *  64  the layout's text in UTF-8
 *      the elements, from the next multiple of 64 on
 * </pre>
 *
 * @param type the block's type
 * @param element the type of its elements
 * @param length their number
 * @param width bytes of each
 * @param layout the text of their layout, empty if they are no records
 */
record Shape(ObjectType type, ElementType element, int length, int width, String layout) {
    private static final int ELEMENT = 0;
    private static final int LENGTH = 4;
    private static final int SCALAR = 8;
    private static final int TEXT = 8;
    private static final int TEXT_BYTES = 64;
    private static final int LINE = 64;

    static Shape scalar(ElementType element) {
        return new Shape(ObjectType.NUMBER, element, 1, element.bytes(), "");
    }

    static Shape array(ElementType element, int length) {
        requireLength(length);
        ObjectType type = element == ElementType.BYTE ? ObjectType.BYTES : ObjectType.ARRAY;
        return new Shape(type, element, length, element.bytes(), "");
    }

    static Shape records(RecordLayout layout, int length) {
        requireLength(length);
        return new Shape(ObjectType.RECORD, ElementType.RECORD, length, layout.bytes(), layout.text());
    }

    private static void requireLength(int length) {
        if (length < 0) {
            throw new IllegalArgumentException("length must not be negative: length=" + length);
        }
    }

    /** Where the elements begin. */
    int values() {
        return type == ObjectType.NUMBER
                ? SCALAR
                : TEXT_BYTES + (layout.getBytes(StandardCharsets.UTF_8).length + LINE - 1) / LINE * LINE;
    }

    /** Whole longs, so that the int that contains an element is always there. */
    long bytes() {
        return (values() + (long) length * width + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    }

    void write(Memory payload) {
        payload.setInt(ELEMENT, element.code());
        payload.setInt(LENGTH, length);
        if (type != ObjectType.NUMBER) {
            byte[] text = layout.getBytes(StandardCharsets.UTF_8);
            payload.setInt(TEXT, text.length);
            payload.setBytes(TEXT_BYTES, text, 0, text.length);
        }
    }

    /** Reads the shape of a published block. */
    static Shape read(Participant participant, Block block) {
        Memory memory = block.memory();
        ObjectType type = ObjectType.of(block.type());
        ElementType element = ElementType.of(memory.getInt(block.offset() + ELEMENT));
        int length = memory.getInt(block.offset() + LENGTH);
        if (element != ElementType.RECORD) {
            return new Shape(type, element, length, element.bytes(), "");
        }
        byte[] text = new byte[memory.getInt(block.offset() + TEXT)];
        memory.getBytes(block.offset() + TEXT_BYTES, text, 0, text.length);
        String layout = new String(text, StandardCharsets.UTF_8);
        return new Shape(type, element, length, RecordLayout.parse(layout).bytes(), layout);
    }

    /** What messages call it: {@code int}, {@code int[10]}. */
    String describe() {
        String one = element == ElementType.RECORD ? "record {" + layout + "}" : element.label();
        return type == ObjectType.NUMBER ? one : one + "[" + length + "]";
    }
}
