package dev.procession.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much a suite may write to a place; in memory, what is written takes from what the runs need themselves. */
final class Room {
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final int SHARE = 2;
    private static final int KIBI = 1024;

    private Room() {}

    static long bytes(Path place, boolean inMemory) throws IOException {
        long free = Files.getFileStore(place).getUsableSpace();
        if (inMemory && Files.isReadable(MEMORY)) {
            for (String line : Files.readAllLines(MEMORY)) {
                if (line.startsWith("MemAvailable:")) {
                    free = Math.min(free, Long.parseLong(line.replaceAll("[^0-9]", "")) * KIBI);
                }
            }
        }
        return free / SHARE;
    }
}
