package dev.procession.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Looks again and again how much memory each child of this JVM has had at most; the largest of them counts. The one that makes
 * a class-data archive, once for a machine, is no worker.
 */
final class ChildPeaks implements AutoCloseable {
    private static final long PAUSE_MILLIS = 20;
    private static final double KIBI = 1024;

    private final Thread thread = new Thread(this::look, "benchmark-peaks");
    private volatile double mebibytes = Double.NaN;

    ChildPeaks() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Of the largest child so far; not a number when there was none, or nobody can tell. */
    double mebibytes() {
        return mebibytes;
    }

    private void look() {
        try {
            while (true) {
                ProcessHandle.current()
                        .children()
                        .filter(child -> !makesArchive(child))
                        .forEach(child -> {
                            double peak = peak(child.pid());
                            if (!(peak <= mebibytes)) {
                                mebibytes = Double.isNaN(peak) ? mebibytes : peak;
                            }
                        });
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean makesArchive(ProcessHandle child) {
        return child.info().arguments().stream()
                .flatMap(Arrays::stream)
                .anyMatch(
                        argument -> argument.equals("-Xshare:dump") || argument.startsWith("-XX:DumpLoadedClassList="));
    }

    private static double peak(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) / KIBI;
                }
            }
        } catch (IOException e) {
            // It has ended.
        }
        return Double.NaN;
    }

    /** Does not wait for the last look, which changes nothing any more. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
