package dev.procession.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processor time of this process and of its children that have ended, in clock ticks of 10 ms. */
final class OwnProcessor {
    private static final Path STAT = Path.of("/proc/self/stat");
    private static final double MILLIS_OF_TICK = 10;

    /** Of the fields behind the name: user and system, of this process and of its children. */
    private static final int FIRST = 11;

    private static final int LAST = 14;

    private OwnProcessor() {}

    static double millis() throws IOException {
        if (!Files.isReadable(STAT)) {
            return Double.NaN;
        }
        String stat = Files.readString(STAT);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        double ticks = 0;
        for (int i = FIRST; i <= LAST; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks * MILLIS_OF_TICK;
    }

    /** Runs something here, and tells what it used. */
    static Spent of(Work work) throws Exception {
        double cpu = millis();
        long begin = System.nanoTime();
        work.run();
        double wall = (System.nanoTime() - begin) / 1e6;
        return new Spent(wall, millis() - cpu, Double.NaN);
    }

    /** What is measured. */
    interface Work {
        void run() throws Exception;
    }
}
