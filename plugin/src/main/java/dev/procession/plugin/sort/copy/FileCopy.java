package dev.procession.plugin.sort.copy;

import dev.procession.plugin.sort.journal.How;
import dev.procession.plugin.sort.output.HalfFile;
import dev.procession.plugin.sort.settings.Keep;
import dev.procession.plugin.work.FileStat;
import dev.procession.plugin.work.KeptTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Makes a new file that is a copy: content, time of modification, permissions, and what else is to be kept. One read and
 * one write for a small file, with the checksum of what lies between; a dozen calls of the system in all.
 *
 * <p>What the scan saw of the source is compared with a look after its content was read: when both are the same, it was the
 * same all the time, and no look in between says more.
 */
public final class FileCopy {
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final FileAttribute<?>[] NO_MODE = {};

    /** A file that changes while it is copied is tried once more: a short write may just have ended. */
    private static final int TRIES = 2;

    private final ByteBuffer buffer = Content.ofThread().buffer();
    private final boolean posix =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private final FileAttribute<?>[] half = posix ? new FileAttribute<?>[] {HalfFile.mode()} : NO_MODE;
    private final KeptAttributes kept;
    private final boolean exactTimes;
    private final SettledFolders folders;

    /**
     * @param exactTimes whether the copy has the time that it was given, so that nobody needs to look
     * @param folders where files are what the scan has seen
     */
    public FileCopy(Set<Keep> kept, boolean exactTimes, SettledFolders folders) {
        this.kept = new KeptAttributes(kept);
        this.exactTimes = exactTimes;
        this.folders = folders;
    }

    /** The source is not what could be copied; the message says why, after the file's name. */
    static final class UnusableException extends IOException {
        private static final long serialVersionUID = 1L;

        UnusableException(String message) {
            super(message);
        }
    }

    /**
     * Copies. Leaves nothing behind when it fails, but for a kill: then it is a {@link HalfFile} until it is whole.
     *
     * @param seen what the scan saw of the source; null when it was not looked at
     * @throws FileAlreadyExistsException when there is something under the name
     */
    public PlaceOutcome.Done make(Path source, @Nullable FileStat seen, Path copy) throws IOException {
        if (seen != null && posix && folders.holds(source)) {
            PlaceOutcome.Done done = attempt(source, seen, copy);
            if (done != null) {
                return done;
            }
        }
        for (int i = 0; i < TRIES; i++) {
            PlaceOutcome.Done done = attempt(source, FileStat.of(regular(source)), copy);
            if (done != null) {
                return done;
            }
        }
        throw new UnusableException("changes while it is copied");
    }

    /** Null, and nothing is left, when the source is not any more what it was. */
    private PlaceOutcome.@Nullable Done attempt(Path source, FileStat stat, Path copy) throws IOException {
        CRC32C crc = new CRC32C();
        // Not in the block below: what has the name already is not ours to delete.
        FileChannel out = FileChannel.open(copy, NEW, half);
        boolean whole = false;
        try {
            if (write(source, out, stat.size(), crc) == stat.size()) {
                BasicFileAttributes after = attributes(source);
                if (FileStat.of(after).equals(stat)) {
                    finish(source, copy, after);
                    whole = true;
                    return new PlaceOutcome.Done(stat, placed(stat, copy), crc.getValue(), How.COPIED);
                }
            }
            return null;
        } finally {
            if (!whole) {
                out.close();
                Files.deleteIfExists(copy);
            }
        }
    }

    /** Looked at before it is opened: opening a pipe would wait for a writer for ever. */
    private BasicFileAttributes regular(Path source) throws IOException {
        BasicFileAttributes found = attributes(source);
        if (!found.isRegularFile()) {
            throw new UnusableException("is no regular file any more");
        }
        return found;
    }

    private long write(Path source, FileChannel to, long size, CRC32C crc) throws IOException {
        try (FileChannel out = to;
                FileChannel in = open(source)) {
            long copied = 0;
            // Whether it has grown is seen from its size afterwards: that spares small files a second read.
            while (copied < size) {
                buffer.clear();
                int read = in.read(buffer);
                if (read < 0) {
                    break;
                }
                copied += read;
                buffer.flip();
                crc.update(buffer);
                buffer.flip();
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
            }
            return copied;
        }
    }

    private static FileChannel open(Path source) throws IOException {
        try {
            return FileChannel.open(source, READ, NO_MODE);
        } catch (NoSuchFileException e) {
            throw new UnusableException("does not exist any more");
        }
    }

    /** The permissions first: a file that nobody may read is half. The time last: who has it is finished. */
    private void finish(Path source, Path copy, BasicFileAttributes like) throws IOException {
        if (!kept.kept().isEmpty()) {
            kept.copy(source, copy);
        }
        if (like instanceof PosixFileAttributes wanted) {
            try {
                Files.setPosixFilePermissions(copy, wanted.permissions());
            } catch (AccessDeniedException e) {
                throw e;
            } catch (FileSystemException e) {
                // "Operation not permitted": a file system without permissions, such as FAT, gives all files the same.
            }
        }
        // Both times: for one alone the JDK reads the other first.
        Files.getFileAttributeView(copy, BasicFileAttributeView.class)
                .setTimes(KeptTime.of(like.lastModifiedTime()), KeptTime.of(like.lastAccessTime()), null);
    }

    private FileStat placed(FileStat source, Path copy) throws IOException {
        if (exactTimes) {
            return new FileStat(source.size(), KeptTime.of(source.modifiedNanos()), Recognition.UNKNOWN);
        }
        FileStat made = FileStat.of(copy);
        return new FileStat(made.size(), made.modifiedNanos(), Recognition.UNKNOWN);
    }

    private BasicFileAttributes attributes(Path file) throws IOException {
        try {
            return posix
                    ? Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    : Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            throw new UnusableException("does not exist any more");
        }
    }
}
