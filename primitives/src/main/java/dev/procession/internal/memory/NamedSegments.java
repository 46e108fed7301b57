package dev.procession.internal.memory;

import dev.procession.NameInUseException;
import dev.procession.ObjectGoneException;
import dev.procession.OutOfSharedMemoryException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.UUID;

/**
 * Segments that users name: files of their own beside the session's, complete before they have their name.
 *
 * <pre>
 *   named/%D0%B4-1    "д-1"
 *   named/=...        a longer name in Base64
 *   named/.new-...    one that is being created, or whose creator was killed; it goes with the session
 * </pre>
 */
public final class NamedSegments {
    /** A file name has 255 bytes at most; Base64 makes 240 of these. */
    private static final int MAX_NAME = 180;

    private static final int MAX_ESCAPED = 240;
    private static final String HEX = "0123456789ABCDEF";

    private final Path directory;

    /**
     * The named segments of a session.
     *
     * @param session its directory
     */
    public NamedSegments(Path session) {
        this.directory = session.resolve("named");
    }

    /**
     * Creates a segment of zeros.
     *
     * @param name its name
     * @param bytes its length
     * @return all of it
     * @throws NameInUseException if there is one of that name
     * @throws OutOfSharedMemoryException if the file system has no room for it; nothing is left of it
     * @throws UncheckedIOException if it cannot be created or mapped
     */
    public Memory create(String name, int bytes) {
        Path file = file(name);
        Path made = directory.resolve(".new-" + UUID.randomUUID());
        try {
            makeDirectory();
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            try {
                Memory memory = SegmentFile.create(made, bytes);
                FaultPoint.reached("named.written");
                // Not a move: that would replace what another process has just given this name.
                Files.createLink(file, made);
                FaultPoint.reached("named.linked");
                return memory;
            } finally {
                Files.deleteIfExists(made);
            }
        } catch (FileAlreadyExistsException e) {
            NameInUseException taken = new NameInUseException(name, ObjectName.shown(name));
            taken.initCause(e);
            throw taken;
        } catch (SegmentFile.NoSpaceException e) {
            File fileSystem = directory.toFile();
            OutOfSharedMemoryException none =
                    new OutOfSharedMemoryException(bytes, fileSystem.getUsableSpace(), directory);
            none.initCause(e);
            throw none;
        } catch (NoSuchFileException e) {
            throw Segments.deleted(directory.getParent(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "segment " + ObjectName.shown(name) + " cannot be created in " + directory, e);
        }
    }

    /** This one alone: a session that was deleted is not made again, since nobody would remove it. */
    private void makeDirectory() throws IOException {
        try {
            Files.createDirectory(directory, SessionBase.ownerOnly());
        } catch (FileAlreadyExistsException e) {
            // By another process, or by this one before.
        }
    }

    /**
     * Maps a segment.
     *
     * @param name its name
     * @return all of it
     * @throws ObjectGoneException if there is none of that name
     * @throws UncheckedIOException if it cannot be mapped
     */
    public Memory attach(String name) {
        try {
            return SegmentFile.mapPlain(file(name));
        } catch (NoSuchFileException e) {
            throw gone(name, e);
        } catch (IOException e) {
            throw new UncheckedIOException("segment " + ObjectName.shown(name) + " cannot be mapped", e);
        }
    }

    /**
     * Removes a name. Who has mapped the segment keeps it.
     *
     * @param name the name
     * @throws ObjectGoneException if there is none of that name
     * @throws UncheckedIOException if it cannot be removed
     */
    public void unlink(String name) {
        try {
            Files.delete(file(name));
        } catch (NoSuchFileException e) {
            throw gone(name, e);
        } catch (IOException e) {
            throw new UncheckedIOException("segment " + ObjectName.shown(name) + " cannot be removed", e);
        }
    }

    /**
     * Checks a name.
     *
     * @param name what the user gave
     * @return the same name
     * @throws IllegalArgumentException if it is against a rule
     */
    public static String check(String name) {
        int length = ObjectName.utf8(name).length;
        if (length > MAX_NAME) {
            throw new IllegalArgumentException("name of a segment must not be longer than " + MAX_NAME
                    + " bytes of UTF-8: " + ObjectName.shown(name) + " has " + length);
        }
        return name;
    }

    private ObjectGoneException gone(String name, NoSuchFileException cause) {
        ObjectGoneException gone = ObjectGoneException.named(
                ObjectName.shown(name), "is not there: " + directory + " has no segment of that name");
        gone.initCause(cause);
        return gone;
    }

    private Path file(String name) {
        byte[] utf8 = check(name).getBytes(StandardCharsets.UTF_8);
        StringBuilder escaped = new StringBuilder();
        for (byte b : utf8) {
            // A dot in front would be a hidden file, "..", or one that is being created.
            if (isPlain(b) && (b != '.' || escaped.length() > 0)) {
                escaped.append((char) b);
            } else {
                escaped.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
            }
        }
        return directory.resolve(
                escaped.length() <= MAX_ESCAPED
                        ? escaped.toString()
                        : "=" + Base64.getUrlEncoder().withoutPadding().encodeToString(utf8));
    }

    private static boolean isPlain(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || "._-".indexOf(b) >= 0;
    }
}
