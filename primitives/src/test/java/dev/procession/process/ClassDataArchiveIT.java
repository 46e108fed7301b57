package dev.procession.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Archives of a real jar of this library and these tests. */
@Timeout(120)
class ClassDataArchiveIT {
    private final Lines lines = new Lines();

    /** Making an archive takes seconds on a busy machine: it is made once, and most tests work with copies of it. */
    @TempDir
    private static Path shared;

    private static List<Path> classPath = List.of();
    private static ClassDataArchive made;

    @TempDir
    private Path folder;

    @BeforeAll
    static void packJars() throws Exception {
        classPath = List.of(pack("library.jar", ChildProcess.class), pack("tests.jar", ClassDataArchiveIT.class));
        Path cache = shared.resolve("cache");
        assertTrue(ClassDataArchive.find(cache, classPath).isEmpty());
        made = prepare(cache);
    }

    /** A cache that has the archive. */
    private Path cache() throws IOException {
        Path cache = folder.resolve("cache");
        Path data = cache.resolve("class-data");
        Files.createDirectory(cache);
        Files.createDirectory(data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.copy(made.file(), data.resolve(made.file().getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
        return cache;
    }

    private ClassDataArchive found(Path cache) throws IOException {
        return ClassDataArchive.find(cache, classPath).orElseThrow();
    }

    @Test
    void prepare_firstTime_makesAnArchiveThatChildrenUse() throws Exception {
        Path cache = shared.resolve("cache");
        ClassDataArchive archive = made;

        assertEquals(archive.file(), found(cache).file());
        assertEquals(List.of(archive.file()), files(cache));
        List<String> sources = loadedFrom(archive);
        assertTrue(
                sources.stream().anyMatch(line -> line.contains("dev.procession.process.ProcessRunner source: shared")),
                sources.toString());
    }

    @Test
    void prepare_secondTime_makesNothing() throws Exception {
        Path cache = cache();
        ClassDataArchive first = found(cache);
        Object before = Files.getAttribute(first.file(), "lastModifiedTime");

        ClassDataArchive second = prepare(cache);

        assertEquals(first.file(), second.file());
        assertEquals(before, Files.getAttribute(second.file(), "lastModifiedTime"));
    }

    @Test
    void find_damagedOrTruncatedArchive_isRemoved() throws Exception {
        Path cache = cache();
        Path file = found(cache).file();
        assertTrue(file.toFile().setWritable(true));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(new byte[] {42}), channel.size() / 2);
        }
        assertTrue(ClassDataArchive.find(cache, classPath).isEmpty());
        assertEquals(List.of(), files(cache));

        Path again = Files.copy(made.file(), file);
        assertTrue(again.toFile().setWritable(true));
        try (FileChannel channel = FileChannel.open(again, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 3);
        }
        assertTrue(ClassDataArchive.find(cache, classPath).isEmpty());
    }

    @Test
    void start_archiveDamagedAfterItWasFound_childStartsWithoutIt() throws Exception {
        ClassDataArchive archive = found(cache());
        Files.delete(archive.file());
        Files.writeString(archive.file(), "not an archive");

        ChildProcess child = child(archive, List.of());
        child.start();
        child.join();

        assertEquals(OptionalInt.of(0), child.exitCode());
        assertEquals(List.of("body"), lines.out());
        assertEquals(List.of(), lines.err());
    }

    @Test
    void prepare_changedJar_makesAnotherArchive() throws Exception {
        Path cache = cache();
        Path first = found(cache).file();
        FileTime before = Files.getLastModifiedTime(classPath.get(0));
        Files.setLastModifiedTime(classPath.get(0), FileTime.fromMillis(1_000_000_000_000L));
        try {
            Path second = prepare(cache).file();

            assertFalse(first.equals(second));
        } finally {
            Files.setLastModifiedTime(classPath.get(0), before);
        }
    }

    @Test
    void prepare_cacheThatIsAFile_isAnErrorThatNamesIt() throws Exception {
        Path cache = Files.writeString(folder.resolve("file"), "in the way");

        IOException e = assertThrows(IOException.class, () -> prepare(cache));

        assertTrue(String.valueOf(e.getMessage()).contains(cache.toString()), e.toString());
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void find_cacheThatOthersMayWrite_isRefused() throws Exception {
        Path cache = cache();
        Files.setPosixFilePermissions(cache.resolve("class-data"), PosixFilePermissions.fromString("rwxrwxrwx"));

        IOException e = assertThrows(IOException.class, () -> ClassDataArchive.find(cache, classPath));

        assertTrue(String.valueOf(e.getMessage()).contains("only its user may write to it"), e.toString());
    }

    @Test
    void prepare_folderOfClasses_isRefused() {
        IOException e = assertThrows(
                IOException.class,
                () -> ClassDataArchive.prepare(folder.resolve("cache"), List.of(folder), ClassDataArchiveIT::train));

        assertEquals("a class-data archive is made of jars only: " + folder, e.getMessage());
    }

    @Test
    void prepare_trainingFails_leavesNothing() throws Exception {
        Path cache = folder.resolve("cache");

        IOException e = assertThrows(
                IOException.class,
                () -> ClassDataArchive.prepare(cache, classPath, ClassDataArchiveIT::failingTraining));

        assertTrue(String.valueOf(e.getMessage()).contains("exit code 1"), e.toString());
        assertEquals(List.of(), files(cache));
    }

    private static ClassDataArchive prepare(Path cache) throws IOException, InterruptedException {
        return ClassDataArchive.prepare(cache, classPath, ClassDataArchiveIT::train);
    }

    private static void train() {
        System.out.println("trained");
    }

    private static void failingTraining() {
        throw new IllegalStateException("failing training");
    }

    private ChildProcess child(ClassDataArchive archive, List<String> jvmOptions) {
        return ChildProcess.of(
                ChildOptions.builder()
                        .inheritJvmOptions(false)
                        .classPath(classPath)
                        .classDataArchive(archive)
                        .jvmOptions(jvmOptions)
                        .output(lines)
                        .build(),
                () -> System.out.println("body"));
    }

    private List<String> loadedFrom(ClassDataArchive archive) throws InterruptedException {
        Path log = folder.resolve("classes.log");
        ChildProcess child = child(archive, List.of("-Xlog:class+load=info:file=" + log));
        child.start();
        child.join();
        assertEquals(OptionalInt.of(0), child.exitCode());
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path cache) throws IOException {
        try (Stream<Path> files = Files.list(cache.resolve("class-data"))) {
            return files.toList();
        }
    }

    /** A jar of the folder of classes, or a copy of the jar, that a class comes from. */
    private static Path pack(String name, Class<?> type) throws Exception {
        Path source =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path jar = shared.resolve(name);
        if (Files.isRegularFile(source)) {
            return Files.copy(source, jar);
        }
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(source)) {
            all.filter(Files::isRegularFile).sorted().forEach(files::add);
        }
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out)) {
            for (Path file : files) {
                packed.putNextEntry(
                        new JarEntry(source.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, packed);
                packed.closeEntry();
            }
        }
        return jar;
    }
}
