package dev.procession.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A child that has ended leaves nothing that somebody would have to ask for. */
@Timeout(60)
class ChildReapedIT {
    @Test
    @Tag("P15")
    void activeChildren_beforeDuringAndAfter_hasItWhileItRuns() throws Exception {
        ChildProcess child = ChildProcess.of(() -> Thread.sleep(100));
        assertFalse(ChildProcess.activeChildren().contains(child));
        child.start();
        assertTrue(ChildProcess.activeChildren().contains(child));
        child.join();
        assertFalse(ChildProcess.activeChildren().contains(child));
    }

    @Test
    @Tag("X32")
    @EnabledOnOs(OS.LINUX)
    void child_endsAndNobodyAsks_isNoZombieAndItsExitCodeIsKept() throws Exception {
        ChildProcess child = ChildProcess.of(() -> {
            throw new ProcessExit(7);
        });
        child.start();
        Path entry = Path.of("/proc/" + child.pid());
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (Files.exists(entry)) {
            assertTrue(System.nanoTime() < deadline, "pid " + child.pid() + " is still there");
            Thread.sleep(5);
        }
        assertTrue(child.join(Duration.ofSeconds(10)));
        assertEquals(7, child.exitCode().orElseThrow());
    }
}
