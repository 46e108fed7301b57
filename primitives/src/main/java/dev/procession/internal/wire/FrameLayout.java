package dev.procession.internal.wire;

/**
 * The bytes of a frame, big-endian.
 *
 * <pre>
 *   0        4      5       6        8
 *   +--------+------+-------+--------+---------------
 *   | magic  | type | flags | length | payload ...
 *   +--------+------+-------+--------+---------------
 * </pre>
 *
 * <p>The magic holds bytes that are never part of a text in UTF-8 (F5, F6) and a NUL that is in no text at all, so a
 * reader can tell a frame from what a native library or an inheriting grandchild prints into the same stream.
 */
final class FrameLayout {
    static final int MAGIC_VALUE = 0xF500F601;

    static final int MAGIC = 0; // int
    static final int TYPE = MAGIC + Integer.BYTES; // byte, a FrameType's code
    static final int FLAGS = TYPE + Byte.BYTES; // byte, LAST or 0
    static final int LENGTH = FLAGS + Byte.BYTES; // unsigned short, bytes of the payload
    static final int HEADER = LENGTH + Short.BYTES;

    /** Flag: the message that this frame belongs to ends here. */
    static final int LAST = 1;

    static final int MAX_PAYLOAD = 0xFFFF;

    private FrameLayout() {}

    static void putHeader(byte[] target, FrameType type, boolean last, int length) {
        target[MAGIC] = (byte) (MAGIC_VALUE >>> 24);
        target[MAGIC + 1] = (byte) (MAGIC_VALUE >>> 16);
        target[MAGIC + 2] = (byte) (MAGIC_VALUE >>> 8);
        target[MAGIC + 3] = (byte) MAGIC_VALUE;
        target[TYPE] = type.code();
        target[FLAGS] = (byte) (last ? LAST : 0);
        target[LENGTH] = (byte) (length >>> 8);
        target[LENGTH + 1] = (byte) length;
    }

    static int length(byte[] source, int offset) {
        return (source[offset + LENGTH] & 0xFF) << 8 | (source[offset + LENGTH + 1] & 0xFF);
    }
}
