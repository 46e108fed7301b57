package dev.procession.plugin.sort.archive;

import dev.procession.plugin.sort.failure.Reason;
import dev.procession.plugin.sort.name.NameRule;
import dev.procession.plugin.sort.name.NumberedName;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.work.FileTree;
import dev.procession.plugin.work.KeptTime;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What comes out of an archive, while it is written: nowhere but below its own folder, never over what is there, and not
 * beyond the limits. There are no links in it, so no path below it leads elsewhere.
 */
final class UnpackedTree {
    private final Path root;
    private final Path list;
    private final NameRule rule;
    private final ArchiveLimits limits;
    private final long mostBytes;
    private final byte[] buffer = new byte[64 << 10];
    private final boolean posix =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private long entries;
    private long files;
    private long bytes;
    private long leftOut;

    UnpackedTree(Path root, Path list, NameRule rule, ArchiveLimits limits, long packedBytes) throws IOException {
        this.root = Files.createDirectory(root);
        this.list = list;
        this.rule = rule;
        this.limits = limits;
        this.mostBytes =
                Math.min(limits.bytes(), Math.max(ArchiveLimits.RATIO_FROM, Math.multiplyExact(packedBytes, (long)
                        limits.ratio())));
    }

    /** The machine cannot take it: not the archive's fault. */
    static final class WriteException extends IOException {
        private static final long serialVersionUID = 1L;

        WriteException(String message, IOException cause) {
            super(message, cause);
        }
    }

    long files() {
        return files;
    }

    long bytes() {
        return bytes;
    }

    long leftOut() {
        return leftOut;
    }

    void leaveOut() throws EntryPath.RefusedException {
        count();
        leftOut++;
    }

    private void count() throws EntryPath.RefusedException {
        if (++entries > limits.entries()) {
            throw new EntryPath.RefusedException("is refused: it has more than " + limits.entries() + " entries");
        }
    }

    void folder(List<String> parts) throws IOException, EntryPath.RefusedException {
        count();
        directory(parts);
    }

    private Path directory(List<String> parts) throws IOException, EntryPath.RefusedException {
        Path directory = root;
        for (String part : parts) {
            directory = RawName.resolve(directory, rule.apply(part));
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                try {
                    Files.createDirectory(directory);
                } catch (FileAlreadyExistsException e) {
                    throw new EntryPath.RefusedException("is refused: its entry "
                            + RawName.shown(String.join("/", parts)) + " is a file and a folder at once");
                } catch (IOException e) {
                    throw cannotWrite(directory, e);
                }
            }
        }
        return directory;
    }

    /** A new folder; with a number when the name is taken. */
    List<String> newFolder(List<String> parts) throws IOException, EntryPath.RefusedException {
        List<String> path = new ArrayList<>(parts);
        Path parent = directory(parts.subList(0, parts.size() - 1));
        String name = rule.apply(parts.get(parts.size() - 1));
        for (int number = 1; ; number++) {
            String numbered = number == 1 ? name : NumberedName.of(name, number);
            try {
                Files.createDirectory(RawName.resolve(parent, numbered));
                path.set(path.size() - 1, numbered);
                return path;
            } catch (FileAlreadyExistsException e) {
                // Something in the archive has that name.
            }
        }
    }

    /** Removes a folder that holds less than it should. */
    void removeFolder(List<String> parts) throws IOException {
        FileTree.remove(RawName.resolve(root, String.join("/", parts)));
    }

    /** The raw names of the folders and the file, below the root. */
    List<String> pathOf(Path file) {
        return List.of(RawName.of(root.relativize(file)).split("/", -1));
    }

    /**
     * Writes a file.
     *
     * @param modified when it was changed last; null when the archive does not say
     * @param mode its permissions, as Unix has them; 0 when the archive does not say
     * @return where it is: with a number, when an entry of the same name came before
     */
    Path file(List<String> parts, InputStream in, @Nullable FileTime modified, int mode)
            throws IOException, EntryPath.RefusedException {
        count();
        if (parts.isEmpty()) {
            throw new EntryPath.RefusedException("is refused: it has an entry without a name");
        }
        Path directory = directory(parts.subList(0, parts.size() - 1));
        String name = rule.apply(parts.get(parts.size() - 1));
        for (int number = 1; ; number++) {
            Path file = RawName.resolve(directory, number == 1 ? name : NumberedName.of(name, number));
            try (OutputStream out = created(file)) {
                copy(in, out, file);
            } catch (FileAlreadyExistsException e) {
                continue;
            }
            files++;
            finish(file, modified, mode);
            return file;
        }
    }

    private static OutputStream created(Path file) throws IOException {
        try {
            return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    private void copy(InputStream in, OutputStream out, Path file) throws IOException, EntryPath.RefusedException {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            bytes += read;
            if (bytes > mostBytes) {
                throw new EntryPath.RefusedException("is refused: it unpacks to more than "
                        + (mostBytes == limits.bytes()
                                ? limits.bytes() + " bytes"
                                : limits.ratio() + " times its size"));
            }
            try {
                out.write(buffer, 0, read);
            } catch (IOException e) {
                throw cannotWrite(file, e);
            }
        }
    }

    private void finish(Path file, @Nullable FileTime modified, int mode) throws IOException {
        if (posix && (mode & 0100) != 0) {
            // A program stays one for all who may read it. Who may read and write is for the user to say, not for
            // whoever packed it.
            Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            if (permissions.contains(PosixFilePermission.GROUP_READ)) {
                permissions.add(PosixFilePermission.GROUP_EXECUTE);
            }
            if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
                permissions.add(PosixFilePermission.OTHERS_EXECUTE);
            }
            Files.setPosixFilePermissions(file, permissions);
        }
        if (modified != null) {
            Files.setLastModifiedTime(file, KeptTime.of(modified));
        }
    }

    /** Writes the list of what is there: what is not as the list has it later, somebody has changed. */
    void finish() throws IOException {
        try (BufferedWriter out =
                Files.newBufferedWriter(list, StandardCharsets.US_ASCII, StandardOpenOption.CREATE_NEW)) {
            write(root, out);
        }
    }

    private void write(Path directory, BufferedWriter out) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            for (Path child : children) {
                String name = RawName.encoded(RawName.of(root.relativize(child)));
                if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                    write(child, out);
                } else {
                    out.write(name + " " + Files.size(child) + " "
                            + Files.getLastModifiedTime(child).to(TimeUnit.NANOSECONDS) + "\n");
                }
            }
        }
    }

    private static WriteException cannotWrite(Path file, IOException e) {
        return new WriteException(
                RawName.shown(file.getFileName() == null ? file : file.getFileName()) + " cannot be written: "
                        + Reason.of(e),
                e);
    }
}
