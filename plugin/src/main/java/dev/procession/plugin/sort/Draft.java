package dev.procession.plugin.sort;

import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
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
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.zip.CRC32C;

/** Copies a file under a temporary name: content, time of modification and permissions. */
final class Draft {
    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    /** A file that changes while it is copied is tried once more: a short write may just have ended. */
    private static final int TRIES = 2;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Content.BUFFER);
    private final Class<? extends BasicFileAttributes> kind =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                    ? PosixFileAttributes.class
                    : BasicFileAttributes.class;

    /** The source is not what could be copied; the message says why, after the file's name. */
    static final class UnusableException extends IOException {
        private static final long serialVersionUID = 1L;

        UnusableException(String message) {
            super(message);
        }
    }

    /**
     * Copies.
     *
     * @throws java.nio.file.FileAlreadyExistsException when there is a draft already
     */
    PlaceOutcome.Done copy(Path source, Path draft) throws IOException {
        for (int i = 1; ; i++) {
            BasicFileAttributes before = attributes(source);
            if (!before.isRegularFile()) {
                // Looked at before it is opened: opening a pipe would wait for a writer for ever.
                throw new UnusableException("is no regular file any more");
            }
            FileStat stat = FileStat.of(before);
            CRC32C crc = new CRC32C();
            long copied = write(source, draft, before, crc);
            if (copied == stat.size() && FileStat.of(attributes(source)).equals(stat)) {
                return new PlaceOutcome.Done(stat, finish(draft, before), crc.getValue());
            }
            Files.delete(draft);
            if (i == TRIES) {
                throw new UnusableException("changes while it is copied");
            }
        }
    }

    private long write(Path source, Path draft, BasicFileAttributes like, CRC32C crc) throws IOException {
        FileAttribute<?>[] permissions = new FileAttribute<?>[0];
        if (like instanceof PosixFileAttributes posix) {
            // Never more open to others than the source, not for a moment. The owner must be able to set its times.
            Set<PosixFilePermission> first = EnumSet.of(PosixFilePermission.OWNER_READ);
            first.addAll(posix.permissions());
            permissions = new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(first)};
        }
        try (FileChannel in = Content.open(source);
                FileChannel out = FileChannel.open(draft, NEW, permissions)) {
            long copied = 0;
            // Whether it has grown is seen from its size afterwards: that spares small files a second read.
            while (copied < like.size()) {
                buffer.clear();
                int read = in.read(buffer);
                if (read < 0) {
                    break;
                }
                copied += read;
                buffer.flip();
                crc.update(buffer.duplicate());
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
            }
            return copied;
        }
    }

    private FileStat finish(Path draft, BasicFileAttributes like) throws IOException {
        Files.getFileAttributeView(draft, BasicFileAttributeView.class).setTimes(like.lastModifiedTime(), null, null);
        BasicFileAttributes made = attributes(draft);
        if (like instanceof PosixFileAttributes wanted
                && made instanceof PosixFileAttributes actual
                && !wanted.permissions().equals(actual.permissions())) {
            // The process's mask took some away.
            permit(draft, wanted.permissions());
        }
        return FileStat.of(made);
    }

    private static void permit(Path draft, Set<PosixFilePermission> permissions) throws IOException {
        try {
            Files.setPosixFilePermissions(draft, permissions);
        } catch (AccessDeniedException e) {
            throw e;
        } catch (FileSystemException e) {
            // "Operation not permitted": a file system without permissions, such as FAT, gives all files the same.
        }
    }

    private BasicFileAttributes attributes(Path file) throws IOException {
        try {
            return Files.readAttributes(file, kind, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            throw new UnusableException("does not exist any more");
        }
    }
}
