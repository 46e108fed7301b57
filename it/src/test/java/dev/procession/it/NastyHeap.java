package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The heap that the program of the sample media-library makes, with all the names, contents and neighbours that a sorter
 * can meet.
 *
 * @param files its regular files
 * @param notMade what this file system did not take
 */
record NastyHeap(List<Path> files, List<String> notMade) {

    /** Writes the heap into a directory, which is made. */
    static NastyHeap write(Path root) throws IOException, InterruptedException {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        Surroundings.samples()
                                .resolve("media-library/NastyHeap.java")
                                .toString(),
                        root.toString())
                .redirectErrorStream(true)
                .start();
        List<String> lines = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertTrue(program.waitFor(60, TimeUnit.SECONDS), "no end");
        assertEquals(0, program.exitValue(), lines::toString);
        try (Stream<Path> all = Files.walk(root.toRealPath())) {
            return new NastyHeap(
                    all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                            .toList(),
                    lines);
        }
    }
}
