package dev.procession.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** What else the machine does: results of a busy one say nothing. */
final class Load {
    /** Of one minute. */
    private static final double QUIET = 0.7;

    /** The build that starts a benchmark has just ended and is still in that minute. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration STEP = Duration.ofSeconds(3);

    private static final Path FILE = Path.of("/proc/loadavg");

    private static final Path TICKS = Path.of("/proc/stat");

    private final double before;

    private Load(double before) {
        this.before = before;
    }

    /** The load of the last minute, before anything is measured: waits for some minutes until it is low. */
    static Load settled() throws IOException, InterruptedException {
        Load load = look();
        for (long waited = 0; !load.isQuiet() && waited < PATIENCE.toMillis(); waited += STEP.toMillis()) {
            Thread.sleep(STEP.toMillis());
            load = look();
        }
        return load;
    }

    /**
     * What runs at this moment, in processors: between two suites, where the load of the last minute is that of the first
     * one. As {@link #settled()}, it waits for some minutes until it is low.
     */
    static Load now() throws IOException, InterruptedException {
        Load load = busy();
        for (long waited = 0; !load.isQuiet() && waited < PATIENCE.toMillis(); waited += STEP.toMillis()) {
            load = busy();
        }
        return load;
    }

    private static Load busy() throws IOException, InterruptedException {
        if (!Files.isReadable(TICKS)) {
            return look();
        }
        long[] before = ticks();
        Thread.sleep(STEP.toMillis());
        long[] after = ticks();
        double all = Math.max(1, after[0] - before[0]);
        return new Load(Runtime.getRuntime().availableProcessors() * (1 - (after[1] - before[1]) / all));
    }

    /** All ticks of all processors, and those of them in which nothing ran. */
    private static long[] ticks() throws IOException {
        String[] fields = Files.readAllLines(TICKS).get(0).split(" +", -1);
        long all = 0;
        for (int i = 1; i < fields.length; i++) {
            all += Long.parseLong(fields[i]);
        }
        return new long[] {all, Long.parseLong(fields[4]) + Long.parseLong(fields[5])};
    }

    /** The load of the last minute. */
    static Load look() throws IOException {
        return new Load(
                Files.isReadable(FILE)
                        ? Double.parseDouble(Files.readString(FILE).split(" ", 2)[0])
                        : -1);
    }

    boolean isQuiet() {
        return before < QUIET;
    }

    double value() {
        return before;
    }

    @Override
    public String toString() {
        if (before < 0) {
            return "Load before: unknown.";
        }
        String said = String.format(Locale.ROOT, "Load before: %.2f.", before);
        return isQuiet() ? said : said + " **The machine was busy: these numbers are not for publication.**";
    }
}
