package dev.procession.internal.child;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The first message to a child. Its own encoding, since Java serialization costs a fresh JVM tens of milliseconds.
 *
 * @param name the child's name
 * @param daemon whether it is a daemon
 * @param survivesParent whether it goes on when its parent has ended
 * @param parentPid the parent's process id
 * @param parentName the parent's name
 * @param authKey the key that the processes of one tree share
 * @param argumentFile the file with the child's own command line, which the child deletes, or null
 * @param log what the child's log is like, see {@code LibraryLog}; empty for the usual
 * @param runner the class name of the {@link ChildRunner}
 * @param body what the runner runs
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StartMessage(
        String name,
        boolean daemon,
        boolean survivesParent,
        long parentPid,
        String parentName,
        byte[] authKey,
        @Nullable String argumentFile,
        String log,
        String runner,
        byte[] body) {
    /** Grows with each change, so that two versions of the library on one class path are noticed. */
    private static final int VERSION = 3;

    StartMessage withArgumentFile(String file) {
        return new StartMessage(name, daemon, survivesParent, parentPid, parentName, authKey, file, log, runner, body);
    }

    byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 + body.length);
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(VERSION);
        writeText(out, name);
        out.writeBoolean(daemon);
        out.writeBoolean(survivesParent);
        out.writeLong(parentPid);
        writeText(out, parentName);
        writeBytes(out, authKey);
        out.writeUTF(argumentFile == null ? "" : argumentFile);
        out.writeUTF(log);
        out.writeUTF(runner);
        writeBytes(out, body);
        return bytes.toByteArray();
    }

    static StartMessage decode(byte[] message) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(message));
        int version = in.readInt();
        if (version != VERSION) {
            throw new IOException("the parent uses another version of procession-primitives than the child's class path"
                    + " holds: start message version=" + version + ", expected=" + VERSION);
        }
        String name = readText(in);
        boolean daemon = in.readBoolean();
        boolean survivesParent = in.readBoolean();
        long parentPid = in.readLong();
        String parentName = readText(in);
        byte[] authKey = readBytes(in);
        String argumentFile = in.readUTF();
        String log = in.readUTF();
        String runner = in.readUTF();
        byte[] body = readBytes(in);
        return new StartMessage(
                name,
                daemon,
                survivesParent,
                parentPid,
                parentName,
                authKey,
                argumentFile.isEmpty() ? null : argumentFile,
                log,
                runner,
                body);
    }

    // Not writeUTF: a name may be longer than 65,535 bytes.
    private static void writeText(DataOutputStream out, String text) throws IOException {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }
}
