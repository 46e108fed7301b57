package dev.procession.plugin.sort;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file system that a test mounts, where the machine allows that; elsewhere the test is skipped, and says so. A JVM that
 * ends itself unmounts what it mounted; what a killed one left in memory, the next one unmounts that mounts something there.
 */
public final class Mount implements AutoCloseable {
    /** What a file system in memory is called in the list of mounts: whose it is. */
    private static final String OWNER = "procession-of-process-";

    private static final Pattern OWNED = Pattern.compile(OWNER + "(\\d+) (\\S+) tmpfs .*");
    private static final Set<Path> MOUNTED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> MOUNTED.forEach(Mount::detach)));
    }

    private final Path at;

    private Mount(Path at) {
        this.at = at;
        MOUNTED.add(at);
    }

    /** A file system in memory; of a size, and with room for so many files. Tests of other packages fill it up, too. */
    public static Mount memory(Path at, String size, int inodes) throws Exception {
        unmountLeftovers();
        Files.createDirectories(at);
        String options = "size=" + size + ",nr_inodes=" + inodes;
        String owner = OWNER + ProcessHandle.current().pid();
        mount(List.of("mount", "-t", "tmpfs", "-o", options, owner, at.toString()));
        return new Mount(at);
    }

    /** A file system in a file: {@code xfs} or {@code btrfs}, which make clones. */
    static Mount image(String type, Path at) throws Exception {
        Files.createDirectories(at);
        Path image = at.resolveSibling(at.getFileName() + ".img");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(400L << 20);
        }
        mount(List.of("mkfs." + type, "-q", image.toString()));
        mount(List.of("mount", "-o", "loop", image.toString(), at.toString()));
        return new Mount(at);
    }

    /**
     * Unmounts the file systems in memory whose process is gone, killed in the middle of its test.
     *
     * @return where they were
     */
    static List<Path> unmountLeftovers() throws IOException {
        Path mounts = Path.of("/proc/self/mounts");
        List<Path> places = new ArrayList<>();
        if (!Files.isReadable(mounts)) {
            return places;
        }
        // Not as UTF-8: others mount at what names they like.
        for (String line : Files.readAllLines(mounts, StandardCharsets.ISO_8859_1)) {
            Matcher owned = OWNED.matcher(line);
            if (owned.matches()
                    && ProcessHandle.of(Long.parseLong(owned.group(1))).isEmpty()) {
                Path place = place(owned.group(2));
                detach(place);
                places.add(place);
            }
        }
        return places;
    }

    /** The list of mounts writes blanks, tabs, newlines and backslashes as octal numbers. */
    private static Path place(String written) {
        String latin = Pattern.compile("\\\\([0-7]{3})")
                .matcher(written)
                .replaceAll(
                        octal -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(octal.group(1), 8))));
        return Path.of(new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    /** At once, whoever still has files open there. */
    private static void detach(Path at) {
        try {
            String problem = run(List.of("umount", "-l", at.toString()));
            if (!problem.isEmpty()) {
                System.out.println(at + " stays mounted: " + problem);
            }
        } catch (Exception e) {
            System.out.println(at + " stays mounted: " + e);
        }
    }

    public Path at() {
        return at;
    }

    /** How many bytes can still be written there. */
    public long free() throws IOException {
        return Files.getFileStore(at).getUsableSpace();
    }

    /** From now on nothing can be written there. */
    void readOnly() throws Exception {
        run(List.of("mount", "-o", "remount,ro", at.toString()));
    }

    private static void mount(List<String> command) throws Exception {
        String problem;
        try {
            problem = run(command);
        } catch (IOException e) {
            problem = e.getMessage();
        }
        assumeTrue(problem.isEmpty(), "nothing can be mounted here: " + command + ": " + problem);
    }

    /** What it complained of; empty when it did what it should. */
    private static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return "no end";
        }
        return process.exitValue() == 0 ? "" : "ended with " + process.exitValue() + ", " + said;
    }

    @Override
    public void close() throws Exception {
        String problem = run(List.of("umount", at.toString()));
        if (!problem.isEmpty()) {
            throw new IOException(at + " stays mounted: " + problem);
        }
        MOUNTED.remove(at);
    }
}
