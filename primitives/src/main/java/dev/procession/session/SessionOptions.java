package dev.procession.session;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How a session is made. Immutable; each method returns a changed copy. */
public final class SessionOptions {
    private static final int DEFAULT_PROCESSES = 512;

    private final int maxProcesses;
    private final boolean recording;
    private final @Nullable Path base;

    private SessionOptions(int maxProcesses, boolean recording, @Nullable Path base) {
        this.maxProcesses = maxProcesses;
        this.recording = recording;
        this.base = base;
    }

    /** {@return room for 512 processes, no event record, in the machine's shared memory where there is one} */
    public static SessionOptions standard() {
        return new SessionOptions(DEFAULT_PROCESSES, false, null);
    }

    /**
     * How many processes can take part at a time.
     *
     * @param processes 1 to 4,096; rounded up to a multiple of 64
     */
    public SessionOptions maxProcesses(int processes) {
        if (processes < 1 || processes > 4096) {
            throw new IllegalArgumentException("maxProcesses must be in 1..4096: maxProcesses=" + processes);
        }
        return new SessionOptions((processes + 63) / 64 * 64, recording, base);
    }

    /**
     * Whether every process writes down what happens to it and to the session's objects.
     *
     * @param recording on or off; off by default
     */
    public SessionOptions recording(boolean recording) {
        return new SessionOptions(maxProcesses, recording, base);
    }

    /**
     * Where the session's directory is made, instead of the machine's shared memory.
     *
     * @param directory readable by its owner alone; created if it is not there. Not on a network file system
     */
    public SessionOptions directory(Path directory) {
        return new SessionOptions(maxProcesses, recording, directory);
    }

    int maxProcesses() {
        return maxProcesses;
    }

    boolean isRecording() {
        return recording;
    }

    @Nullable
    Path base() {
        return base;
    }
}
