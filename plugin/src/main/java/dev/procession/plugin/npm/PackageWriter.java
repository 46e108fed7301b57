package dev.procession.plugin.npm;

import dev.procession.plugin.work.FileName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the files of one package. They are read-only where the file system knows that, and of one time: the views of projects
 * link to them, and an edit through a link is seen by the time.
 */
final class PackageWriter {
    /** Any time that is not now: the year 2000, as a number, since each build would pay for the parser of dates. */
    static final FileTime TIME = FileTime.fromMillis(946_684_800_000L);

    private final PackageRoot root;
    private final Path directory;
    private final Map<String, Long> files = new LinkedHashMap<>();
    private final Map<String, String> taken = new HashMap<>();
    private final Set<Path> directories = new HashSet<>();

    PackageWriter(PackageRoot root, Path directory) {
        this.root = root;
        this.directory = directory;
    }

    PackageRoot root() {
        return root;
    }

    /** The sizes of the files written, by name. */
    Map<String, Long> files() {
        return files;
    }

    /** Why some file system cannot hold the file beside those that are there; empty when all can. */
    Optional<String> collision(String path) {
        String key = EntryName.folded(path);
        String there = taken.get(key);
        for (int slash = key.lastIndexOf('/'); there == null && slash > 0; slash = key.lastIndexOf('/', slash - 1)) {
            String parent = taken.get(key.substring(0, slash));
            there = parent == null || parent.isEmpty() ? null : parent;
        }
        if (there == null) {
            return Optional.empty();
        }
        return Optional.of(
                there.isEmpty()
                        ? "a file and a folder of one name"
                        : "one name with " + there + " where case does not count");
    }

    Draft create(String path) throws IOException {
        Path file = FileName.resolve(directory, path);
        Path parent = file.getParent();
        if (parent != null && directories.add(parent)) {
            Files.createDirectories(parent);
        }
        String key = EntryName.folded(path);
        taken.put(key, path);
        for (int slash = key.lastIndexOf('/'); slash > 0; slash = key.lastIndexOf('/', slash - 1)) {
            taken.putIfAbsent(key.substring(0, slash), "");
        }
        return new Draft(path, file, open(file));
    }

    private static SeekableByteChannel open(Path file) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] readOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--r--r--"))
                }
                : new FileAttribute<?>[0];
        return Files.newByteChannel(file, options, readOnly);
    }

    /** A file that is being written. */
    final class Draft implements AutoCloseable {
        private final String path;
        private final Path file;
        private final SeekableByteChannel out;
        private long size;

        private Draft(String path, Path file, SeekableByteChannel out) {
            this.path = path;
            this.file = file;
            this.out = out;
        }

        void write(byte[] buffer, int length) throws IOException {
            try {
                for (ByteBuffer rest = ByteBuffer.wrap(buffer, 0, length); rest.hasRemaining(); ) {
                    out.write(rest);
                }
            } catch (FileSystemException e) {
                throw e;
            } catch (IOException e) {
                // A full disk does not say which file it was.
                FileSystemException named = new FileSystemException(file.toString(), null, e.getMessage());
                named.initCause(e);
                throw named;
            }
            size += length;
        }

        @Override
        public void close() throws IOException {
            out.close();
            Files.setLastModifiedTime(file, TIME);
            files.put(path, size);
        }
    }

    /** What tells the file of a package from one that was changed since. */
    static boolean isAsWritten(@Nullable Long size, long actualSize, FileTime actualTime) {
        return size != null && size == actualSize && actualTime.toMillis() == TIME.toMillis();
    }
}
