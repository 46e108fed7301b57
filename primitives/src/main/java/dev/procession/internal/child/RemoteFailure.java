package dev.procession.internal.child;

import dev.procession.internal.wire.ObjectCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A throwable on its way to another process: as text, which always arrives, and as an object, where that is possible.
 *
 * @param className the class of the throwable
 * @param message its message, or null
 * @param stack its stack trace with all causes, as printed where it was thrown
 * @param serialized the throwable itself, or null when it cannot be serialized
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RemoteFailure(String className, @Nullable String message, String stack, byte @Nullable [] serialized) {

    /** Describes a throwable; never fails because of what the throwable's own methods do. */
    public static RemoteFailure of(Throwable thrown) {
        String message;
        String stack;
        byte[] serialized;
        try {
            message = thrown.getMessage();
        } catch (RuntimeException | Error e) {
            message = null;
        }
        try {
            StringWriter text = new StringWriter();
            thrown.printStackTrace(new PrintWriter(text));
            stack = text.toString();
        } catch (RuntimeException | Error e) {
            stack = thrown.getClass().getName() + (message == null ? "" : ": " + message)
                    + " (its own text cannot be had: " + e.getClass().getName() + ")";
        }
        try {
            serialized = ObjectCodec.encode(thrown);
        } catch (IOException | RuntimeException | Error e) {
            serialized = null;
        }
        return new RemoteFailure(thrown.getClass().getName(), message, stack, serialized);
    }

    /** The throwable itself, or null when its class is not here, it cannot be decoded, or its text cannot be had. */
    public @Nullable Throwable thrown(@Nullable ClassLoader loader) {
        if (serialized == null) {
            return null;
        }
        try {
            if (!(ObjectCodec.decode(serialized, loader) instanceof Throwable thrown)) {
                return null;
            }
            // Whoever wraps it asks for its text: one that throws then would hide what happened.
            return String.valueOf(thrown) == null ? null : thrown;
        } catch (IOException | ClassNotFoundException | RuntimeException | Error e) {
            return null;
        }
    }

    /** As bytes, for {@link #decode}. */
    public byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        DataOutputStream out = new DataOutputStream(bytes);
        writeText(out, className);
        out.writeBoolean(message != null);
        if (message != null) {
            writeText(out, message);
        }
        writeText(out, stack);
        if (serialized != null) {
            out.write(serialized);
        }
        return bytes.toByteArray();
    }

    /** From bytes that {@link #encode} made. */
    public static RemoteFailure decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        String className = readText(in);
        String message = in.readBoolean() ? readText(in) : null;
        String stack = readText(in);
        byte[] serialized = in.readAllBytes();
        return new RemoteFailure(className, message, stack, serialized.length == 0 ? null : serialized);
    }

    // Not writeUTF: a stack trace may be longer than 65,535 bytes.
    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
