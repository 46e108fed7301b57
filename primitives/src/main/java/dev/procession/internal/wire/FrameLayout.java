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
    static final int FLAGS = TYPE + Byte.BYTES; // byte, LAST and TOTAL
    static final int LENGTH = FLAGS + Byte.BYTES; // unsigned short, bytes of the payload
    static final int HEADER = LENGTH + Short.BYTES;

    /** Flag: the message that this frame belongs to ends here. */
    static final int LAST = 1;

    /** Flag: the payload begins with the length (int) of the whole message, which has several frames. */
    static final int TOTAL = 2;

    static final int MAX_PAYLOAD = 0xFFFF;

    private FrameLayout() {}

    static void putHeader(byte[] target, int at, FrameType type, int flags, int length) {
        target[at + MAGIC] = (byte) (MAGIC_VALUE >>> 24);
        target[at + MAGIC + 1] = (byte) (MAGIC_VALUE >>> 16);
        target[at + MAGIC + 2] = (byte) (MAGIC_VALUE >>> 8);
        target[at + MAGIC + 3] = (byte) MAGIC_VALUE;
        target[at + TYPE] = type.code();
        target[at + FLAGS] = (byte) flags;
        target[at + LENGTH] = (byte) (length >>> 8);
        target[at + LENGTH + 1] = (byte) length;
    }

    static int getInt(byte[] source, int offset) {
        return source[offset] << 24
                | (source[offset + 1] & 0xFF) << 16
                | (source[offset + 2] & 0xFF) << 8
                | (source[offset + 3] & 0xFF);
    }

    static int length(byte[] source, int offset) {
        return (source[offset + LENGTH] & 0xFF) << 8 | (source[offset + LENGTH + 1] & 0xFF);
    }
}
