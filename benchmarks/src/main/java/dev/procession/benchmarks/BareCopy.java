package dev.procession.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;

/**
 * What a copy costs a JVM that plans nothing, remembers nothing and knows the corpus: two threads, the same calls for each
 * file as sort-files has, with checksum, permissions and time.
 */
final class BareCopy {
    private static final int THREADS = 2;
    private static final int BUFFER = 256 << 10;
    private static final FileAttribute<?> HALF =
            PosixFilePermissions.asFileAttribute(Set.of(PosixFilePermission.OWNER_WRITE));

    private static final ThreadLocal<ByteBuffer> BUFFERS =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(BUFFER));

    private BareCopy() {}

    static Spent run(Path source, Path output) throws Exception {
        return OwnProcessor.of(() -> copy(source, output));
    }

    private static void copy(Path source, Path output) throws Exception {
        Files.createDirectories(output);
        for (String extension : Corpus.EXTENSIONS) {
            Files.createDirectory(output.resolve(extension));
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(source)) {
            List<Future<?>> done = new ArrayList<>();
            for (Path folder : folders) {
                done.add(threads.submit(() -> {
                    copyFolder(folder, output);
                    return null;
                }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private static void copyFolder(Path folder, Path output) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.toString().substring(folder.toString().length() + 1);
                copyFile(
                        file,
                        output.resolve(name.substring(name.lastIndexOf('.') + 1))
                                .resolve(name));
            }
        }
    }

    private static void copyFile(Path file, Path copy) throws IOException {
        PosixFileAttributes before = look(file);
        try (FileChannel out =
                        FileChannel.open(copy, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), HALF);
                FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer buffer = BUFFERS.get();
            CRC32C sum = new CRC32C();
            long copied = 0;
            while (copied < before.size()) {
                buffer.clear();
                int read = in.read(buffer);
                if (read < 0) {
                    break;
                }
                copied += read;
                buffer.flip();
                sum.update(buffer);
                buffer.flip();
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
            }
        }
        if (look(file).size() != before.size()) {
            throw new IOException(file + " changes");
        }
        Files.setPosixFilePermissions(copy, before.permissions());
        Files.getFileAttributeView(copy, BasicFileAttributeView.class)
                .setTimes(before.lastModifiedTime(), before.lastAccessTime(), null);
    }

    private static PosixFileAttributes look(Path file) throws IOException {
        return Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
