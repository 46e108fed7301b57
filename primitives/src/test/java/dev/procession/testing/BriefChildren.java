package dev.procession.testing;

import dev.procession.channel.ProcessQueue;
import dev.procession.internal.memory.NetworkFileSystem;
import dev.procession.process.ChildOptions;
import dev.procession.process.ChildTask;
import dev.procession.process.ClassDataArchive;
import dev.procession.session.Session;
import dev.procession.sync.ProcessBarrier;
import dev.procession.sync.ProcessCondition;
import dev.procession.sync.ProcessEvent;
import dev.procession.sync.ProcessLock;
import dev.procession.sync.ProcessSemaphore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;

/**
 * Options of children that tests start by the hundred. A third of what such a child costs is the loading of classes, so
 * where the library runs from its jar they map an archive of it and of these tests, made once for each build.
 */
public final class BriefChildren {
    private BriefChildren() {}

    /** The JVM's default is for programs that run for hours. */
    public static ChildOptions.Builder options() {
        ChildOptions.Builder options = ChildOptions.builder().jvmOption("-XX:TieredStopAtLevel=1");
        ClassDataArchive archive = Archive.MADE;
        return archive == null ? options : options.classDataArchive(archive);
    }

    private static final class Archive {
        private static final ClassDataArchive MADE = make();

        private static ClassDataArchive make() {
            List<Path> library = ClassDataArchive.libraryClassPath();
            if (library.isEmpty()) {
                return null;
            }
            Path jar = library.get(0);
            try {
                Path folder = folder(jar);
                try (FileChannel file = FileChannel.open(
                                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock lock = file.lock()) {
                    return ClassDataArchive.prepare(folder, List.of(jar, pack(folder, jar)), new Training());
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        /** Beside the jar, for all test JVMs of a build; a JVM cannot map an archive from everywhere. */
        private static Path folder(Path jar) throws IOException {
            Path shared = jar.resolveSibling("brief-children");
            if (NetworkFileSystem.of(jar).isEmpty()) {
                return Files.createDirectories(shared);
            }
            Path own = Files.createTempDirectory("procession-tests");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(own)));
            return own;
        }

        /** A jar of the tests as they are now. What was made of others, or for another library, goes. */
        private static Path pack(Path folder, Path library) throws Exception {
            Path source = Path.of(BriefChildren.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (JarOutputStream packed = new JarOutputStream(bytes);
                    Stream<Path> files = Files.walk(source)) {
                packed.setLevel(Deflater.NO_COMPRESSION);
                for (Path file :
                        (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
                    JarEntry entry =
                            new JarEntry(source.relativize(file).toString().replace('\\', '/'));
                    entry.setTime(0);
                    packed.putNextEntry(entry);
                    Files.copy(file, packed);
                    packed.closeEntry();
                }
            }
            CRC32C sum = new CRC32C();
            sum.update(bytes.toByteArray());
            sum.update(Files.readAllBytes(library));
            Path jar = folder.resolve("tests-" + sum.getValue() + ".jar");
            if (!Files.exists(jar)) {
                try (Stream<Path> old = Files.list(folder)) {
                    old.filter(file -> !file.endsWith("lock")).forEach(Archive::delete);
                }
                Path part = Files.write(folder.resolve("tests.part"), bytes.toByteArray());
                Files.move(part, jar, StandardCopyOption.ATOMIC_MOVE);
            }
            return jar;
        }

        private static void delete(Path folder) {
            try (Stream<Path> walk = Files.walk(folder)) {
                List<Path> all = new ArrayList<>(walk.toList());
                Collections.reverse(all);
                for (Path each : all) {
                    Files.deleteIfExists(each);
                }
            } catch (IOException e) {
                System.err.println("left behind: " + folder + ": " + e);
            }
        }
    }

    /** Uses what most children of tests use. A class, since a lambda would bring its class's initializer to the child. */
    private static final class Training implements ChildTask {
        private static final long serialVersionUID = 1L;

        @Override
        public void run() throws Exception {
            try (Session session = Session.create();
                    ProcessLock lock = ProcessLock.create(session);
                    ProcessQueue<Integer> queue = ProcessQueue.create(session);
                    ProcessEvent event = ProcessEvent.create(session);
                    ProcessSemaphore counting = ProcessSemaphore.counting(session, 1);
                    ProcessSemaphore leased = ProcessSemaphore.leased(session, 1);
                    ProcessBarrier barrier = ProcessBarrier.create(session, 1)) {
                ProcessCondition condition = lock.newCondition();
                try (ProcessLock.Held held = lock.hold()) {
                    condition.signalAll();
                    condition.await(1, TimeUnit.MILLISECONDS);
                }
                queue.put(1);
                queue.take();
                event.set();
                event.await();
                counting.acquire();
                leased.acquire();
                leased.release();
                barrier.await();
                condition.close();
            }
        }
    }
}
