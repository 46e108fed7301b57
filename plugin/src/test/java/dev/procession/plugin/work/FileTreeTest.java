package dev.procession.plugin.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
    @TempDir
    Path directory;

    @Test
    void remove_directory_goesWithAllThatIsInIt() throws IOException {
        Path root = directory.resolve("root");
        Files.createDirectories(root.resolve("empty"));
        Files.writeString(Files.createDirectories(root.resolve("a/b")).resolve("c.txt"), "c");
        FileTree.remove(root);
        assertFalse(Files.exists(root));
        assertTrue(Files.exists(directory));
    }

    @Test
    void remove_links_goAndWhatTheyLeadToStays() throws IOException {
        Path kept = Files.createDirectories(directory.resolve("kept"));
        Files.writeString(kept.resolve("file.txt"), "mine");
        Path root = Files.createDirectories(directory.resolve("root"));
        Files.createSymbolicLink(root.resolve("inside"), kept);
        Path link = Files.createSymbolicLink(directory.resolve("link"), kept);
        FileTree.remove(root);
        FileTree.remove(link);
        assertFalse(Files.exists(root));
        assertFalse(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
        assertEquals("mine", Files.readString(kept.resolve("file.txt")));
    }

    @Test
    void remove_fileOrNothing_isGone() throws IOException {
        Path file = Files.writeString(directory.resolve("file.txt"), "x");
        FileTree.remove(file);
        FileTree.remove(file);
        assertFalse(Files.exists(file));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void remove_deeperThanFilesMayBeOpen_isGone() throws Exception {
        Path root = directory.resolve("root");
        Files.createDirectories(root.resolve("d/".repeat(300)));
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -n 200 && exec \"$0\" \"$@\"",
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Remover.class.getName(),
                        root.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile())
                .start();
        boolean ended = process.waitFor(30, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertTrue(ended);
        assertEquals(0, process.exitValue(), Files.readString(directory.resolve("said")));
        assertFalse(Files.exists(root));
    }

    /** A process of its own, which may have few files open. */
    static final class Remover {
        private Remover() {}

        public static void main(String[] arguments) throws IOException {
            FileTree.remove(Path.of(arguments[0]));
        }
    }
}
