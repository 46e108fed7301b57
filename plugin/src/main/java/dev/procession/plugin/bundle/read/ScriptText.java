package dev.procession.plugin.bundle.read;

import dev.procession.plugin.bundle.input.ScriptSource;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns bytes into the text they mean, or finds the byte that means nothing. The array of characters is reused from
 * file to file. Not thread-safe.
 */
final class ScriptText {
    private static final Charset UTF_32BE = Charset.forName("UTF-32BE");
    private static final Charset UTF_32LE = Charset.forName("UTF-32LE");

    private char[] chars = new char[16 * 1024];
    private int length;
    private byte[] utf8 = new byte[0];

    /** The characters of the last file; only the first {@link #length()} count. */
    char[] chars() {
        return chars;
    }

    int length() {
        return length;
    }

    /** The last file in UTF-8, without byte order mark. */
    byte[] utf8() {
        return utf8;
    }

    /** Decodes a file; returns what is wrong with it, or null. */
    @Nullable
    ReadFailure decode(byte[] bytes, Charset declared) {
        Charset marked = byteOrderMark(bytes);
        Charset charset = marked == null ? declared : marked;
        int start = marked == null ? 0 : markLength(marked);
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        int most = (int) Math.min(
                ScriptSource.LARGEST, (long) ((bytes.length - start) * (double) decoder.maxCharsPerByte()) + 1);
        if (chars.length < most) {
            chars = new char[Math.max(most, Math.min(ScriptSource.LARGEST, 2 * chars.length))];
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
        CharBuffer out = CharBuffer.wrap(chars);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            return new ReadFailure(
                    ReadFailure.Blame.ENCODING, fault(bytes, in.position(), result.length(), charset, marked != null));
        }
        if (!result.isOverflow()) {
            result = decoder.flush(out);
        }
        if (result.isOverflow()) {
            return new ReadFailure(ReadFailure.Blame.INCLUDE, "is too large for a script");
        }
        length = out.position();
        if (charset.equals(StandardCharsets.UTF_8)) {
            utf8 = start == 0 ? bytes : Arrays.copyOfRange(bytes, start, bytes.length);
        } else {
            // A declared charset may leave its mark in the text: "UTF-16LE" is specified to keep it.
            int from = length > 0 && chars[0] == '\uFEFF' ? 1 : 0;
            if (from == 1) {
                System.arraycopy(chars, 1, chars, 0, --length);
            }
            utf8 = new String(chars, 0, length).getBytes(StandardCharsets.UTF_8);
        }
        return null;
    }

    private static String fault(byte[] bytes, int offset, int count, Charset charset, boolean marked) {
        StringBuilder hex = new StringBuilder();
        int end = Math.min(bytes.length, offset + Math.max(1, count));
        for (int i = offset; i < end; i++) {
            hex.append(String.format(" %02X", bytes[i]));
        }
        return "is not valid " + charset.name() + " at byte offset " + offset + " ("
                + (end - offset == 1 ? "byte" : "bytes") + hex + ")"
                + (marked
                        ? "; its byte order mark says " + charset.name() + ", repair the file"
                        : "; set <encoding> to the charset the file is written in, or convert the file");
    }

    /** The charset that the first bytes announce; it is surer than what a pom says. */
    private static @Nullable Charset byteOrderMark(byte[] b) {
        if (b.length >= 3 && b[0] == (byte) 0xEF && b[1] == (byte) 0xBB && b[2] == (byte) 0xBF) {
            return StandardCharsets.UTF_8;
        }
        if (b.length >= 4 && b[0] == 0 && b[1] == 0 && b[2] == (byte) 0xFE && b[3] == (byte) 0xFF) {
            return UTF_32BE;
        }
        if (b.length >= 2 && b[0] == (byte) 0xFE && b[1] == (byte) 0xFF) {
            return StandardCharsets.UTF_16BE;
        }
        if (b.length >= 2 && b[0] == (byte) 0xFF && b[1] == (byte) 0xFE) {
            return b.length >= 4 && b[2] == 0 && b[3] == 0 ? UTF_32LE : StandardCharsets.UTF_16LE;
        }
        return null;
    }

    private static int markLength(Charset marked) {
        if (marked.equals(StandardCharsets.UTF_8)) {
            return 3;
        }
        return marked.name().startsWith("UTF-32") ? 4 : 2;
    }
}
