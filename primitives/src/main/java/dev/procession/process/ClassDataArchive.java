package dev.procession.process;

import dev.procession.internal.child.ArchiveFile;
import dev.procession.internal.memory.NetworkFileSystem;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Classes in the form in which a JVM maps them (AppCDS), so that children need not load, check and link them again. It
 * is made once for each machine, JDK and version of the code, in a cache folder, and used by all children whose options
 * name it.
 *
 * <pre>{@code
 * ClassDataArchive archive = ClassDataArchive.prepare(cache);
 * ChildOptions options = ChildOptions.builder().classDataArchive(archive).build();
 * }</pre>
 *
 * <p>An archive never changes what a program does: a JVM that cannot use it starts without it. Making one takes about a
 * second. Several processes may do so at once; each publishes a whole file or nothing. A cache folder on a network file
 * system, or on one that runs over FUSE, is refused: JVMs that map a file from there die when its server does.
 */
public final class ClassDataArchive {
    /** Grows when the training, or the way it is used, changes. */
    private static final String FORMAT = "2";

    private static final String SUFFIX = ".jsa";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ArchiveFile archive;

    private ClassDataArchive(ArchiveFile archive) {
        this.archive = archive;
    }

    /**
     * The jar of this library, for which an archive helps every child.
     *
     * @return one jar; empty when the library does not run from a jar, or runs as a module, which need no archive and
     *     cannot have one
     */
    public static List<Path> libraryClassPath() {
        Path place = place(ClassDataArchive.class);
        return place == null
                        || !Files.isRegularFile(place)
                        || ClassDataArchive.class.getModule().isNamed()
                ? List.of()
                : List.of(place);
    }

    private static @Nullable Path place(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null) {
            return null;
        }
        try {
            URI location = source.getLocation().toURI();
            return "file".equals(location.getScheme()) ? Path.of(location) : null;
        } catch (URISyntaxException | IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * Finds an archive that was made before and is undamaged.
     *
     * @param cacheDirectory where archives are kept
     * @param classPath the jars that it was made of
     * @return empty when there is none
     * @throws IOException when the folder cannot be read, is on a network file system, or others than this user may
     *     write to it
     */
    public static Optional<ClassDataArchive> find(Path cacheDirectory, List<Path> classPath) throws IOException {
        Path folder = folder(cacheDirectory);
        requireLocal(folder);
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        requireOwn(folder);
        String key = key(classPath);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, key + "-*" + SUFFIX)) {
            for (Path file : files) {
                // A damaged archive could crash a JVM: its name holds the sum of its bytes.
                if (file.getFileName().toString().equals(name(key, file))) {
                    return Optional.of(new ClassDataArchive(new ArchiveFile(file, List.copyOf(classPath))));
                }
                Files.deleteIfExists(file);
            }
        }
        return Optional.empty();
    }

    /**
     * Finds the archive of this library's jar, or makes it.
     *
     * @param cacheDirectory where archives are kept; made when it is missing, for this user alone
     * @return the archive
     * @throws IOException when it cannot be made; see {@link #prepare(Path, List, ChildTask)}
     * @throws InterruptedException when this thread is interrupted while it waits
     */
    public static ClassDataArchive prepare(Path cacheDirectory) throws IOException, InterruptedException {
        List<Path> classPath = libraryClassPath();
        if (classPath.isEmpty()) {
            throw new IOException("a class-data archive is made of jars on a class path only; the library runs from "
                    + ClassDataArchive.class.getProtectionDomain().getCodeSource());
        }
        return prepare(cacheDirectory, classPath, ClassDataArchive::nothing);
    }

    private static void nothing() {
        // What the library itself needs has been used before.
    }

    /**
     * Finds an archive, or makes it.
     *
     * @param cacheDirectory where archives are kept; made when it is missing, for this user alone
     * @param classPath the jars that it is made of, this library's among them
     * @param training runs in a child on that class path, which has to hold its class, and should use what the later
     *     children will use
     * @return the archive
     * @throws IOException when it cannot be made: the folder cannot be written or is on a network file system, there is
     *     no space, the class path holds something other than jars, or the child does not end well
     * @throws InterruptedException when this thread is interrupted while it waits for the child
     */
    public static ClassDataArchive prepare(Path cacheDirectory, List<Path> classPath, ChildTask training)
            throws IOException, InterruptedException {
        Optional<ClassDataArchive> known = find(cacheDirectory, classPath);
        if (known.isPresent()) {
            return known.get();
        }
        for (Path entry : classPath) {
            if (!Files.isRegularFile(entry)) {
                throw new IOException("a class-data archive is made of jars only: " + entry);
            }
        }
        Path folder = folder(cacheDirectory);
        makeOwn(folder);
        requireOwn(folder);
        String key = key(classPath);
        String unique = key + "." + ProcessHandle.current().pid() + "." + System.nanoTime();
        Path classes = folder.resolve(unique + ".classes");
        Path part = folder.resolve(unique + ".part");
        try {
            train(classes, classPath, training);
            dump(classes, part, classPath);
            Path file = folder.resolve(name(key, part));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return new ClassDataArchive(new ArchiveFile(file, List.copyOf(classPath)));
        } finally {
            Files.deleteIfExists(classes);
            Files.deleteIfExists(part);
        }
    }

    /** First a child tells which classes it needs. */
    private static void train(Path classes, List<Path> classPath, ChildTask training)
            throws IOException, InterruptedException {
        Queue<String> said = new ConcurrentLinkedQueue<>();
        ChildProcess child = ChildProcess.of(
                ChildOptions.builder()
                        .name("class-data-archive")
                        .daemon(true)
                        .inheritJvmOptions(false)
                        .jvmOption("-XX:DumpLoadedClassList=" + classes)
                        .classPath(classPath)
                        .output((process, error, line) -> said.add(line))
                        .build(),
                () -> use(training));
        child.start();
        try {
            if (!child.join(LIMIT)) {
                throw new IOException("no class-data archive after " + LIMIT);
            }
        } finally {
            child.kill();
            child.join();
        }
        if (child.exitCode().orElse(1) != 0) {
            throw new IOException("no class-data archive was made: "
                    + child.exitStatus().orElseThrow() + " " + String.join(" ", said));
        }
    }

    /**
     * Then a JVM that runs no program archives them. The archive replaces the JDK's own one: an archive on top of that
     * one (-XX:ArchiveClassesAtExit) costs a JDK 17 as much as it saves.
     */
    private static void dump(Path classes, Path archive, List<Path> classPath)
            throws IOException, InterruptedException {
        Process dump = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:dump",
                        "-Xlog:disable",
                        "-XX:SharedClassListFile=" + classes,
                        "-XX:SharedArchiveFile=" + archive,
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                classPath.stream()
                                        .map(entry -> entry.toAbsolutePath().toString())
                                        .toList()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!dump.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("no class-data archive after " + LIMIT);
            }
        } finally {
            dump.destroyForcibly();
        }
        if (dump.exitValue() != 0 || Files.notExists(archive)) {
            throw new IOException("no class-data archive was made: java -Xshare:dump ended with " + dump.exitValue());
        }
    }

    /** Runs in the child whose classes are archived. */
    private static void use(ChildTask training) throws Exception {
        try {
            new ProcessRunner().warmUp();
            // By name: the pool stands above this package.
            for (String name : List.of("WorkerLoop", "WorkerInbox", "WorkerMemory", "Answer", "Bytes", "Column")) {
                Class.forName("dev.procession.pool." + name);
            }
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        training.run();
    }

    /**
     * The archive's file.
     *
     * @return an absolute path
     */
    public Path file() {
        return archive.file();
    }

    ArchiveFile archive() {
        return archive;
    }

    private static Path folder(Path cacheDirectory) {
        return cacheDirectory.toAbsolutePath().resolve("class-data");
    }

    private static void requireLocal(Path folder) throws IOException {
        Optional<String> network = NetworkFileSystem.of(folder);
        if (network.isPresent()) {
            throw new IOException("the cache folder " + folder + " is on a network or FUSE file system ("
                    + network.get() + "): a JVM that maps an archive from it dies when the server goes away");
        }
    }

    /** All that a JVM compares before it uses an archive; it does compare it once more. */
    private static String key(List<Path> classPath) throws IOException {
        StringBuilder facts = new StringBuilder(FORMAT);
        for (String property : List.of("java.home", "java.vm.version", "java.vm.vendor", "os.arch")) {
            facts.append('\n').append(System.getProperty(property));
        }
        for (Path entry : classPath) {
            facts.append('\n').append(entry.toAbsolutePath()).append(' ').append(Files.size(entry));
            facts.append(' ').append(Files.getLastModifiedTime(entry).toMillis());
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(facts.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String name(String key, Path file) throws IOException {
        CRC32C sum = new CRC32C();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sum.update(buffer, 0, count);
            }
        }
        return key + "-" + HexFormat.of().toHexDigits(sum.getValue(), 8) + SUFFIX;
    }

    private static void makeOwn(Path folder) throws IOException {
        if (File.separatorChar == '\\') {
            Files.createDirectories(folder);
        } else {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    /** An archive is code: what others may write is not used. */
    private static void requireOwn(Path folder) throws IOException {
        if (File.separatorChar == '\\') {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
        boolean others = permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE);
        String owner = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName();
        String user = System.getProperty("user.name");
        if (others || !owner.equals(user)) {
            throw new IOException("the cache folder " + folder + " belongs to " + owner + " with permissions "
                    + PosixFilePermissions.toString(permissions) + ": only its user may write to it");
        }
    }
}
