package dev.procession.process;

/** How a process ended. */
public sealed interface ExitStatus {

    /**
     * It ended by itself.
     *
     * @param code what it returned, 0 to 255; 0 is good, 1 is an uncaught exception
     */
    record Exited(int code) implements ExitStatus {
        @Override
        public String toString() {
            return "exit code " + code;
        }
    }

    /**
     * It was ended by a signal.
     *
     * @param signal the signal's number: 15 for {@code terminate()}, 9 for {@code kill()}
     */
    record Killed(int signal) implements ExitStatus {
        @Override
        public String toString() {
            return "killed by signal " + signal;
        }
    }

    /**
     * The status as one number, by the convention of Python's multiprocessing.
     *
     * @return the exit code, or {@code -n} when signal {@code n} ended the process
     */
    default int code() {
        if (this instanceof Exited exited) {
            return exited.code();
        }
        return -((Killed) this).signal();
    }
}
