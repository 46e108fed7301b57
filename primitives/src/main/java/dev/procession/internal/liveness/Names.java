package dev.procession.internal.liveness;

import dev.procession.internal.memory.Memory;
import java.nio.charset.StandardCharsets;

/** A short text in shared memory: its length in bytes, then UTF-8, cut at a whole character. */
public final class Names {
    private Names() {}

    /** Writes a text; the caller says how many bytes there are. */
    public static void write(Memory memory, int lengthOffset, int maxBytes, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        int length = bytes.length;
        if (length > maxBytes) {
            length = maxBytes;
            while (length > 0 && (bytes[length] & 0xC0) == 0x80) {
                length--;
            }
        }
        memory.setBytes(lengthOffset + Integer.BYTES, bytes, 0, length);
        memory.setIntRelease(lengthOffset, length);
    }

    /** {@return a text; empty if its length cannot be} */
    public static String read(Memory memory, int lengthOffset, int maxBytes) {
        int length = memory.getIntAcquire(lengthOffset);
        if (length < 0 || length > maxBytes) {
            return "";
        }
        byte[] bytes = new byte[length];
        memory.getBytes(lengthOffset + Integer.BYTES, bytes, 0, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
