package dev.procession.internal.memory;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Places in a protocol where a test may kill the process: {@code -Dprocession.dieAt=<label>} sends SIGKILL to the process
 * when a thread first comes to that label, {@code <label>#n} when a thread comes to it for the nth time; {@code /STOP} behind it sends
 * SIGSTOP instead. Every label stands
 * in {@code docs/crash-safety.md} with what a death there leaves behind.
 *
 * <p>Without the property a label costs nothing once it is compiled: the test is of a constant.
 */
public final class FaultPoint {
    /** Behind the label: the process is stopped there instead. */
    private static final String STOP = "/STOP";

    private static final @Nullable String LABEL = label();
    private static final boolean ARMED = LABEL != null;
    private static final AtomicInteger LEFT = new AtomicInteger(count());

    private FaultPoint() {}

    /**
     * A step of a protocol was done.
     *
     * @param label its name in {@code docs/crash-safety.md}
     */
    public static void reached(String label) {
        if (ARMED && label.equals(LABEL) && LEFT.decrementAndGet() == 0) {
            die();
        }
    }

    private static @Nullable String label() {
        String value = value();
        if (value == null) {
            return null;
        }
        int mark = value.indexOf('#');
        return mark < 0 ? value : value.substring(0, mark);
    }

    private static @Nullable String value() {
        String value = System.getProperty("procession.dieAt");
        return value == null || !isStop() ? value : value.substring(0, value.length() - STOP.length());
    }

    private static boolean isStop() {
        return System.getProperty("procession.dieAt", "").endsWith(STOP);
    }

    private static int count() {
        String value = value();
        int mark = value == null ? -1 : value.indexOf('#');
        return value == null || mark < 0 ? 1 : Integer.parseInt(value.substring(mark + 1));
    }

    /** SIGKILL, not halt: no hook runs, no buffer is flushed, and the parent sees the signal. */
    private static void die() {
        try {
            new ProcessBuilder(
                            "kill",
                            isStop() ? "-STOP" : "-9",
                            Long.toString(ProcessHandle.current().pid()))
                    .start();
        } catch (IOException e) {
            Runtime.getRuntime().halt(137);
        }
        while (true) {
            LockSupport.park(); // the thread must not go one step further
        }
    }
}
