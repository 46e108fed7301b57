package dev.procession.plugin.sort;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A file system that a test mounts, where the machine allows that; elsewhere the test is skipped, and says so. */
public final class Mount implements AutoCloseable {
    private final Path at;

    private Mount(Path at) {
        this.at = at;
    }

    /** A file system in memory; of a size, and with room for so many files. Tests of other packages fill it up, too. */
    public static Mount memory(Path at, String size, int inodes) throws Exception {
        Files.createDirectories(at);
        mount(List.of(
                "mount", "-t", "tmpfs", "-o", "size=" + size + ",nr_inodes=" + inodes, "procession", at.toString()));
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
    }
}
