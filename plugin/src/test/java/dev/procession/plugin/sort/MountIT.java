package dev.procession.plugin.sort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A test that is ended or killed does not keep memory of the machine for good. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class MountIT {
    private static final int KILLED = -9;

    @TempDir
    Path directory;

    @BeforeEach
    void skipWhereNothingCanBeMounted() throws Exception {
        Mount.memory(directory.resolve("tried"), "1m", 100).close();
    }

    @Test
    void memory_itsProcessKilled_nextOneUnmountsItAndNothingElse() throws Exception {
        Path left = directory.resolve("ліве and right");
        assertEquals(KILLED, endOfAProcessThatMounts(left, true));
        assertTrue(isMounted(left), "it was to stay");
        Path kept = directory.resolve("kept");
        try (Mount mine = Mount.memory(kept, "1m", 100)) {
            assertFalse(isMounted(left), "still mounted");
            assertEquals(List.of(), Mount.unmountLeftovers());
            assertTrue(isMounted(mine.at()), "that of a living process is gone");
        }
        assertFalse(isMounted(kept));
    }

    @Test
    void memory_itsProcessEnds_isUnmounted() throws Exception {
        Path left = directory.resolve("left");
        assertEquals(0, endOfAProcessThatMounts(left, false));
        assertFalse(isMounted(left), "still mounted");
    }

    private static int endOfAProcessThatMounts(Path at, boolean isKilled) throws Exception {
        String place = at.toString();
        try (ChildProcess child = ChildProcess.of(() -> mount(place, isKilled))) {
            child.start();
            assertTrue(child.join(Duration.ofSeconds(30)), "no end");
            return child.exitCode().orElseThrow();
        }
    }

    private static void mount(String place, boolean isKilled) throws Exception {
        Mount.memory(Path.of(place), "1m", 100);
        if (isKilled) {
            new ProcessBuilder("kill", "-9", "" + ProcessHandle.current().pid()).start();
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private static boolean isMounted(Path at) throws IOException {
        return !Files.getFileStore(at).equals(Files.getFileStore(at.getParent()));
    }
}
