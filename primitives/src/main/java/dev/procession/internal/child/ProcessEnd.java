package dev.procession.internal.child;

import java.io.File;

/**
 * How a process ended.
 *
 * @param bySignal whether a signal ended it
 * @param value the signal, or the exit code
 */
public record ProcessEnd(boolean bySignal, int value) {
    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;

    /** A JVM reports "killed by signal n" as 128 + n, which a program may also return by itself. */
    private static final int SIGNAL_BASE = 128;

    private static final int HIGHEST_SIGNAL = 64;

    /**
     * Reads a raw exit value.
     *
     * @param raw what {@link Process#exitValue()} says
     * @param exitNoticed whether the child said that it ends by itself
     * @param terminated whether this process has asked it to end
     * @param killed whether this process has killed it
     */
    static ProcessEnd of(int raw, boolean exitNoticed, boolean terminated, boolean killed) {
        if (File.separatorChar == '\\') {
            // No signals there; both ways to end a process from outside read as one, like in Python.
            boolean fromOutside = (terminated || killed) && !exitNoticed;
            return fromOutside ? new ProcessEnd(true, SIGTERM) : new ProcessEnd(false, raw);
        }
        boolean maybeSignal = raw > SIGNAL_BASE && raw <= SIGNAL_BASE + HIGHEST_SIGNAL;
        boolean killedWhileExiting = killed && raw == SIGNAL_BASE + SIGKILL;
        if (maybeSignal && (!exitNoticed || killedWhileExiting)) {
            return new ProcessEnd(true, raw - SIGNAL_BASE);
        }
        return new ProcessEnd(false, raw);
    }
}
