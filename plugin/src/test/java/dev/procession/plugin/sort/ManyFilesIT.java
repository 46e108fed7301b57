package dev.procession.plugin.sort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.report.BuildLog;
import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Millions of empty files are sorted, and sorted again, by a JVM of which nothing may take more than 256 MB: neither its
 * heap nor anything beside it. The profile {@code long} does it with five millions.
 */
@Timeout(3000)
@EnabledOnOs(OS.LINUX)
@EnabledIfSystemProperty(
        named = "procession.sort.many",
        matches = "[1-9][0-9]*",
        disabledReason = "the profile long has as many files as it takes")
class ManyFilesIT {
    private static final int FILES = Integer.getInteger("procession.sort.many", 0);
    private static final int MOST_MEBIBYTES = 256;

    @TempDir
    Path directory;

    @Test
    void sort_millionsOfFilesTwice_staysInItsMemory() throws Exception {
        // A file system of its own: others have no room for so many names.
        try (Mount mount = Mount.memory(directory.resolve("many"), "4g", 2 * FILES + 100_000)) {
            Path source = Files.createDirectories(mount.at().resolve("in"));
            for (int i = 0; i < FILES; i++) {
                if (i % 2_000 == 0) {
                    Files.createDirectories(source.resolve("d" + i / 2_000));
                }
                Files.createFile(source.resolve("d" + i / 2_000).resolve("f" + i + ".e" + i % 10));
            }
            String base = mount.at().toString();
            String first = sort(base);
            assertTrue(first.contains("sorted") && first.contains(" 0 unchanged"), first);
            String second = sort(base);
            assertTrue(second.contains(" 0 copied, "), second);
        }
    }

    private static String sort(String base) throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        ChildOptions options = ChildOptions.builder()
                .inheritJvmOptions(false)
                .jvmOptions(List.of(
                        "-Xmx150m",
                        "-XX:+UseSerialGC",
                        "-XX:NewSize=16m",
                        "-XX:MaxNewSize=16m",
                        "-XX:MaxMetaspaceSize=48m"))
                .output((process, error, line) -> lines.add(line))
                .build();
        try (ChildProcess child = ChildProcess.of(options, () -> sortThere(base))) {
            child.start();
            assertTrue(child.join(Duration.ofMinutes(20)), lines::toString);
            assertEquals(0, child.exitCode().orElseThrow(), lines::toString);
        }
        System.out.println("ManyFilesIT: " + lines);
        String peak = lines.stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .findFirst()
                .orElseThrow();
        int mebibytes = Integer.parseInt(peak.replaceAll("[^0-9]", "")) / 1024;
        assertTrue(mebibytes <= MOST_MEBIBYTES, peak);
        return String.join("\n", lines);
    }

    private static final class Silent implements BuildLog {
        @Override
        public void info(String line) {}

        @Override
        public void warn(String line) {
            System.out.println(line);
        }

        @Override
        public void debug(String line) {}

        @Override
        public boolean debugs() {
            return false;
        }
    }

    private static void sortThere(String base) throws Exception {
        Heap heap = new Heap(Path.of(base));
        long began = System.nanoTime();
        System.out.println(new FileSorter(heap.request(), new Silent()).run().summary());
        System.out.println((System.nanoTime() - began) / 1_000_000 + " ms");
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                System.out.println(line);
            }
        }
    }
}
