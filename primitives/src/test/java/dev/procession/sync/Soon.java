package dev.procession.sync;

import static org.junit.jupiter.api.Assertions.fail;

import dev.procession.internal.participant.Sweeper;
import dev.procession.session.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Waits for what will be true soon, and fails when it is not. */
public final class Soon {
    private static final long LIMIT_NANOS = 10_000_000_000L;

    private Soon() {}

    static void soon(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                fail("not within 10 s: " + what);
            }
            Thread.sleep(1);
        }
    }

    /** Nothing is left of a session that was closed. A sweep by another program at that moment may be what removes it. */
    static void gone(Session session) throws Exception {
        soon("the session's directory goes", () -> {
            Sweeper.sweep(session.path().getParent());
            return !session.path().toFile().exists();
        });
    }

    /** Stops a process that a test started; returns when it is stopped, which is later than when the signal is sent. */
    public static void stop(long pid) throws Exception {
        signal("STOP", pid);
        Path stat = Path.of("/proc/" + pid + "/stat");
        if (Files.exists(stat)) {
            soon("it is stopped", () -> {
                String text = Files.readString(stat);
                return text.charAt(text.lastIndexOf(')') + 2) == 'T';
            });
        }
    }

    /** Lets a stopped process go on. */
    public static void goOn(long pid) throws Exception {
        signal("CONT", pid);
    }

    private static void signal(String name, long pid) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
        if (kill.waitFor() != 0) {
            fail("kill -" + name + " " + pid + " failed");
        }
    }
}
