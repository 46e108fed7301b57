package dev.procession.plugin.lecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Lets children begin at the same moment, however far apart their JVMs have booted. Opens once: a file appears. The
 * children look for it, since they share nothing else with their parent yet.
 */
public final class StartingGate {
    private static final long GLANCE_MILLIS = 2;

    private final Path file;
    private long openedNanos;

    StartingGate(Path directory) {
        this.file = directory.resolve("gate-is-open");
    }

    /** What children are given, to wait for it. */
    public String path() {
        return file.toString();
    }

    /** Opens the gate, unless it is open. */
    public void open() throws IOException {
        if (Files.notExists(file)) {
            openedNanos = System.nanoTime();
            Files.createFile(file);
        }
    }

    /** When it was opened, in {@link System#nanoTime} of this JVM. */
    public long openedNanos() {
        return openedNanos;
    }

    /** Called in a child; it waits for as long as its parent lives, who has a limit for this. */
    public static void await(String path) throws InterruptedException {
        Path file = Path.of(path);
        while (Files.notExists(file)) {
            TimeUnit.MILLISECONDS.sleep(GLANCE_MILLIS);
        }
    }
}
