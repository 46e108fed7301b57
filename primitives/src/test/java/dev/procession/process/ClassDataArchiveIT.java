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
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Archives of a real jar of this library and these tests. */
@Timeout(120)
class ClassDataArchiveIT {
    private final Lines lines = new Lines();

    @TempDir
    private Path folder;

    private List<Path> classPath = List.of();

    @BeforeEach
    void packJars() throws Exception {
        classPath = List.of(pack("library.jar", ChildProcess.class), pack("tests.jar", ClassDataArchiveIT.class));
    }

    @Test
    void prepare_firstTime_makesAnArchiveThatChildrenUse() throws Exception {
        Path cache = folder.resolve("cache");
        assertTrue(ClassDataArchive.find(cache, classPath).isEmpty());

        ClassDataArchive archive = prepare(cache);

        assertEquals(
                archive.file(),
                ClassDataArchive.find(cache, classPath).orElseThrow().file());
        assertEquals(List.of(archive.file()), files(cache));
        List<String> sources = loadedFrom(archive);
        assertTrue(
                sources.stream().anyMatch(line -> line.contains("dev.procession.process.ProcessRunner source: shared")),
                sources.toString());
    }

    @Test
    void prepare_secondTime_makesNothing() throws Exception {
        Path cache = folder.resolve("cache");
        ClassDataArchive first = prepare(cache);
        Object before = Files.getAttribute(first.file(), "lastModifiedTime");

        ClassDataArchive second = prepare(cache);

        assertEquals(first.file(), second.file());
        assertEquals(before, Files.getAttribute(second.file(), "lastModifiedTime"));
    }

    @Test
    void find_damagedOrTruncatedArchive_isRemoved() throws Exception {
        Path cache = folder.resolve("cache");
        Path file = prepare(cache).file();
        assertTrue(file.toFile().setWritable(true));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(new byte[] {42}), channel.size() / 2);
        }
        assertTrue(ClassDataArchive.find(cache, classPath).isEmpty());
        assertEquals(List.of(), files(cache));

        Path again = prepare(cache).file();
        assertTrue(again.toFile().setWritable(true));
        try (FileChannel channel = FileChannel.open(again, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 3);
        }
        assertTrue(ClassDataArchive.find(cache, classPath).isEmpty());
    }

    @Test
    void start_archiveDamagedAfterItWasFound_childStartsWithoutIt() throws Exception {
        ClassDataArchive archive = prepare(folder.resolve("cache"));
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
        Path cache = folder.resolve("cache");
        Path first = prepare(cache).file();
        Files.setLastModifiedTime(classPath.get(0), java.nio.file.attribute.FileTime.fromMillis(1_000_000_000_000L));

        Path second = prepare(cache).file();

        assertFalse(first.equals(second));
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
        Path cache = folder.resolve("cache");
        prepare(cache);
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

    private ClassDataArchive prepare(Path cache) throws IOException, InterruptedException {
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
    private Path pack(String name, Class<?> type) throws Exception {
        Path source =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path jar = folder.resolve(name);
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
