package dev.procession.plugin.npm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.procession.plugin.sort.Mount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The cache of a machine: what is unpacked once, by whom, and what happens when it is damaged. */
class CacheTest {
    @TempDir
    Path directory;

    private Larder larder;

    @BeforeEach
    void larder() throws Exception {
        larder = new Larder(directory);
        larder.add("org.webjars.npm", "lit", "3.3.2", Archive.webJar("lit", "3.3.2", "lit"));
        larder.add("com.example", "plain", "1", new Archive().with("com/example/Main.class", "bytes"));
        larder.sources.forEach(source -> age(source.file()));
    }

    /** Makes a file old enough to be believed without a look at its content. */
    private static void age(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void of_secondProject_unpacksNothing() throws Exception {
        larder.make();
        assertEquals(1, larder.unpacked());
        Larder other = larder.neighbour("other");
        other.make();
        assertEquals(0, other.unpacked());
        assertEquals(1, other.laidOut());
        assertEquals("export default 'lit 3.3.2';\n", other.text("lit/index.js"));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void of_knownJars_areNotEvenOpened() throws Exception {
        larder.make();
        for (PackageSource source : larder.sources) {
            FileTime time = Files.getLastModifiedTime(source.file());
            // Same size, time and inode: it would be noticed if it were read.
            Files.write(source.file(), new byte[(int) Files.size(source.file())]);
            Files.setLastModifiedTime(source.file(), time);
        }
        Larder other = larder.neighbour("other");
        other.make();
        assertEquals("export default 'lit 3.3.2';\n", other.text("lit/index.js"));
    }

    @Test
    void of_sameJarElsewhere_isNotUnpackedAgain() throws Exception {
        larder.make();
        Larder other = larder.neighbour("other");
        PackageSource source = other.sources.get(0);
        Path copy = Files.copy(source.file(), directory.resolve("copy.jar"));
        other.sources.set(
                0,
                new PackageSource(
                        copy, source.groupId(), source.artifactId(), source.version(), source.declaredVersion()));
        other.make();
        assertEquals(0, other.unpacked());
    }

    @Test
    void of_jarThatWasReplaced_isUnpackedUnderItsNewContent() throws Exception {
        String before = larder.make().fingerprint();
        larder.sources.remove(0);
        larder.add(
                "org.webjars.npm",
                "lit",
                "3.3.2",
                Archive.webJar("lit", "3.3.2", "lit").with("META-INF/resources/webjars/lit/3.3.2/new.js", "new\n"));
        assertFalse(before.equals(larder.make().fingerprint()));
        assertEquals("new\n", larder.text("lit/new.js"));
    }

    @Test
    void of_fileOfTheCacheChanged_isUnpackedAnew() throws Exception {
        larder.make();
        Path file = larder.inCache("index.js");
        assumeTrue(file.toFile().setWritable(true));
        Files.writeString(file, "export default 'lit 3.3.X';\n");
        Larder other = larder.neighbour("other");
        other.make();
        assertEquals("export default 'lit 3.3.2';\n", other.text("lit/index.js"));
        assertEquals(1, other.unpacked());
        assertTrue(other.details.stream().anyMatch(line -> line.endsWith("index.js was changed; it is unpacked anew")));
    }

    @Test
    void of_fileOfTheCacheGoneOrListCut_isUnpackedAnew() throws Exception {
        larder.make();
        Files.delete(larder.inCache("index.js"));
        Larder second = larder.neighbour("second");
        second.make();
        assertEquals("export default 'lit 3.3.2';\n", second.text("lit/index.js"));

        Path list = larder.inCache("list");
        Files.writeString(list, Files.readString(list).substring(20));
        Larder third = larder.neighbour("third");
        third.make();
        assertEquals("export default 'lit 3.3.2';\n", third.text("lit/index.js"));
        assertEquals(1, third.unpacked());
    }

    @Test
    void of_indexOfJarsDamaged_isForgotten() throws Exception {
        larder.make();
        Files.writeString(larder.cache.resolve("npm/1/jars"), "procession npm jars 1\nx y\nend 0\n");
        Larder other = larder.neighbour("other");
        other.make();
        assertEquals("export default 'lit 3.3.2';\n", other.text("lit/index.js"));
    }

    @Test
    void of_leftoversOfAKilledBuild_goWhenTheyAreOld() throws Exception {
        Path old = Files.createDirectories(larder.cache.resolve("npm/1/staging/1234/0"));
        Files.writeString(old.resolve("half.js"), "ha");
        Path young = Files.createDirectories(larder.cache.resolve("npm/1/staging/5678"));
        Files.setLastModifiedTime(old.getParent(), FileTime.from(Instant.now().minusSeconds(4000)));
        larder.make();
        assertFalse(Files.exists(old));
        assertTrue(Files.exists(young), "a build without a lock may be at work there");
    }

    @Test
    void of_manyBuildsAtOnce_unpackOnce() throws Exception {
        int builds = 8;
        CyclicBarrier start = new CyclicBarrier(builds);
        ExecutorService threads = Executors.newFixedThreadPool(builds);
        try {
            List<Larder> all = new ArrayList<>();
            List<Future<PackageFolder>> folders = new ArrayList<>();
            for (int i = 0; i < builds; i++) {
                // Two each in one project.
                Larder build = larder.neighbour("project" + i / 2);
                all.add(build);
                folders.add(threads.submit(() -> {
                    start.await(10, TimeUnit.SECONDS);
                    return build.make();
                }));
            }
            for (Future<PackageFolder> folder : folders) {
                assertEquals(List.of("lit 3.3.2"), Larder.names(folder.get(30, TimeUnit.SECONDS)));
            }
            assertEquals(1, all.stream().mapToLong(Larder::unpacked).sum());
            assertEquals(4, all.stream().mapToLong(Larder::laidOut).sum());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void of_lockThatSomebodyHolds_isWaitedForAndInterruptible() throws Exception {
        Path file = Files.createDirectories(directory.resolve("locks")).resolve("lock");
        try (CacheLock held = CacheLock.acquire(file, CacheLock.PATIENCE)) {
            assertTrue(held.isHeld());
            long begin = System.nanoTime();
            try (CacheLock second = CacheLock.acquire(file, java.time.Duration.ofMillis(50))) {
                assertFalse(second.isHeld());
            }
            assertTrue(System.nanoTime() - begin >= TimeUnit.MILLISECONDS.toNanos(50));
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, () -> CacheLock.acquire(file, CacheLock.PATIENCE));
        }
        try (CacheLock after = CacheLock.acquire(file, CacheLock.PATIENCE)) {
            assertTrue(after.isHeld());
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void of_cacheIsForItsOwnerAlone_andItsFilesAreReadOnly() throws Exception {
        larder.make();
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(larder.cache.resolve("npm"))));
        assertEquals(
                "r--r--r--",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(larder.modules().resolve("lit/index.js"))));
    }

    @Test
    void of_cacheThatIsAFile_isNamed() throws Exception {
        Files.writeString(larder.cache, "a file\n");
        String message =
                assertThrows(PackagesFailedException.class, () -> larder.make()).getMessage();
        assertTrue(message.startsWith("the npm packages cannot be put into " + larder.cache + ": "), message);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void of_projectOnAFullDisk_isNamedAndNotTheCache() throws Exception {
        try (Mount disk = Mount.memory(directory.resolve("disk"), "64k", 100)) {
            larder.project = directory.resolve("disk/project");
            larder.add(
                    "org.webjars.npm",
                    "big",
                    "1.0.0",
                    Archive.webJar("big", "1.0.0", "big")
                            .with("META-INF/resources/webjars/big/1.0.0/data.js", "x".repeat(200_000)));
            String message = assertThrows(PackagesFailedException.class, () -> larder.make())
                    .getMessage();
            String place = "the npm packages cannot be put into " + larder.folder() + ": " + larder.folder();
            assertTrue(message.startsWith(place), message);
            assertTrue(message.endsWith("/data.js: No space left on device"), message);
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void of_cacheThatMayNotBeWritten_isReadAllTheSame() throws Exception {
        assumeFalse("root".equals(System.getProperty("user.name")), "root may write everywhere");
        larder.make();
        Path root = larder.cache.resolve("npm/1");
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("r-x------"));
        try {
            Larder other = larder.neighbour("other");
            other.make();
            assertEquals("export default 'lit 3.3.2';\n", other.text("lit/index.js"));
            other.sources.clear();
            other.add("org.webjars.npm", "vue", "3", Archive.webJar("vue", "3", "vue"));
            String message =
                    assertThrows(PackagesFailedException.class, other::make).getMessage();
            assertTrue(message.contains(larder.cache.toString()), message);
        } finally {
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void of_cacheOnAnotherFileSystem_isCopiedFrom() throws Exception {
        Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(directory)));
        larder.cache = Files.createTempDirectory(memory, "procession-test");
        try {
            larder.make();
            assertEquals("export default 'lit 3.3.2';\n", larder.text("lit/index.js"));
            assertTrue(larder.details.stream().anyMatch(line -> line.startsWith("the packages are copies")));
        } finally {
            Folders.delete(larder.cache);
        }
    }
}
