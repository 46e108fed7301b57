package dev.procession.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Sends signals to processes that a test started. */
public final class Signals {
    private Signals() {}

    /** Sends one, such as {@code KILL}. */
    public static void send(String name, long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                .inheritIO()
                .start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("kill -" + name + " " + pid + " failed");
        }
    }

    /** Stops a process; returns when all its threads are stopped, which is later than when the signal is sent. */
    public static void stop(long pid) throws IOException, InterruptedException {
        send("STOP", pid);
        Eventually.holds("all threads have stopped", () -> isStopped(pid));
    }

    /** Lets a stopped process go on. */
    public static void goOn(long pid) throws IOException, InterruptedException {
        send("CONT", pid);
    }

    /** The signal is taken by one thread, and until that one had a processor the others go on. */
    private static boolean isStopped(long pid) {
        Path tasks = Path.of("/proc/" + pid + "/task");
        if (!Files.isDirectory(tasks)) {
            return true; // not Linux
        }
        try (Stream<Path> threads = Files.list(tasks)) {
            for (Path thread : (Iterable<Path>) threads::iterator) {
                if (!Files.readString(thread.resolve("stat")).matches("(?s)\\d+ \\(.*\\) [TtZX] .*")) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false; // a thread that was just ending
        }
    }
}
