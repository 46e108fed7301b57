package dev.procession.plugin.engine;

import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Executables of engines that this machine has unpacked, by their SHA-256. Builds may use it at the same time: an
 * executable appears in one step, and one that is there never changes.
 *
 * <p>The sum is computed once. Afterwards size, time and identity of the file are compared with a note beside it; a
 * file that is not as noted is summed up again, and unpacked again when it is damaged.
 */
final class EngineStore {
    private final Path directory;
    private final Platform platform;

    EngineStore(Path directory, Platform platform) {
        this.directory = directory;
        this.platform = platform;
    }

    /** The executable with one of the sums, if it is here and whole. */
    Optional<Path> find(List<String> sums) throws IOException {
        for (String sum : sums) {
            Path file = place(sum);
            if (Files.isRegularFile(file) && isWhole(file, sum)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** Unpacks it, unless another build did so meanwhile. */
    Path unpack(EngineArchive archive, List<String> sums) throws IOException, InterruptedException {
        createPrivately(directory);
        try (FileChannel channel = FileChannel.open(
                        directory.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
                StoreLock lock = StoreLock.acquire(channel)) {
            java.util.Objects.requireNonNull(lock);
            Optional<Path> known = find(sums);
            if (known.isPresent()) {
                return known.get();
            }
            // What builds left that were killed here; nobody else is within the lock.
            sweep();
            Path part = directory.resolve(
                    Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".part");
            try {
                String sum = copy(archive, part);
                if (!sums.contains(sum)) {
                    throw new EngineFailedException(archive.shown() + " holds an executable with the SHA-256 " + sum
                            + ", not " + String.join(" or ", sums)
                            + "; the file is damaged or not what it says: remove it from the local repository, and if that"
                            + " does not help ask who runs the repository");
                }
                Path file = place(sum);
                Files.createDirectories(parentOf(file));
                makeExecutable(part);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
                note(file);
                return file;
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }

    /**
     * What an executable of this store says of its version. It is asked once for this machine: a process that only says
     * that costs a tenth of a bundle.
     */
    static String version(Path file) throws IOException, InterruptedException {
        Path note = parentOf(file).resolve("version");
        try {
            String known = Files.readString(note, StandardCharsets.US_ASCII);
            // A note that is torn has no end.
            if (known.endsWith("\n")) {
                return known.substring(0, known.length() - 1);
            }
        } catch (IOException e) {
            // Nobody has asked yet.
        }
        String version = Executable.version(file);
        try {
            Files.writeString(note, version + "\n", StandardCharsets.US_ASCII);
        } catch (IOException e) {
            // In a cache that may only be read, it is asked each time.
        }
        return version;
    }

    private void sweep() throws IOException {
        try (var parts = Files.newDirectoryStream(directory, "*.part")) {
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
        }
    }

    private Path place(String sum) {
        return directory.resolve(sum.substring(0, 32)).resolve(platform.executableName());
    }

    private static Path parentOf(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    private static Path noteOf(Path file) {
        return parentOf(file).resolve("checked");
    }

    private boolean isWhole(Path file, String sum) throws IOException {
        String stat = text(FileStat.of(file));
        try {
            if (Files.readString(noteOf(file), StandardCharsets.US_ASCII).equals(stat)) {
                return true;
            }
        } catch (IOException e) {
            // No note, or one that cannot be read: the sum decides.
        }
        try (InputStream in = Files.newInputStream(file)) {
            if (!sumOf(in, OutputStream.nullOutputStream()).equals(sum)) {
                return false;
            }
        }
        if (!Files.isExecutable(file)) {
            makeExecutable(file);
        }
        try {
            note(file);
        } catch (IOException e) {
            // In a cache that may only be read, the sum is computed each time.
        }
        return true;
    }

    private static void note(Path file) throws IOException {
        // A torn note equals no file, and costs one more sum.
        Files.writeString(noteOf(file), text(FileStat.of(file)), StandardCharsets.US_ASCII);
    }

    private static String text(FileStat stat) {
        return stat.size() + " " + stat.modifiedNanos() + " " + stat.key();
    }

    private static String copy(EngineArchive archive, Path part) throws IOException {
        try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            return archive.read(in -> sumOf(in, out));
        }
    }

    static String sumOf(InputStream in, OutputStream out) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
                out.write(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void makeExecutable(Path file) throws IOException {
        if (Files.getFileAttributeView(file, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static void createPrivately(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
            if (Files.getFileAttributeView(directory, PosixFileAttributeView.class) != null) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
        }
    }
}
