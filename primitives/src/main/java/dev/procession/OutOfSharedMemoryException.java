package dev.procession;

import java.nio.file.Path;

/**
 * The file system that holds a session's memory has no room for more. Nothing was changed: what the session has goes on
 * working, and the same call succeeds once something was freed.
 */
public final class OutOfSharedMemoryException extends ProcessionException {
    private static final long serialVersionUID = 1L;

    private final long wanted;
    private final long free;
    private final String directory;

    /**
     * No room.
     *
     * @param wanted how many bytes were asked of the file system
     * @param free how many it had left
     * @param directory the session's directory
     */
    public OutOfSharedMemoryException(long wanted, long free, Path directory) {
        super("no room for " + wanted + " more bytes of shared memory in " + directory + ": free=" + free
                + "; enlarge that file system (docker run --shm-size=1g), free shared objects, or keep sessions elsewhere"
                + " (-Dprocession.sessions=<dir>)");
        this.wanted = wanted;
        this.free = free;
        this.directory = directory.toString();
    }

    /** {@return how many bytes were asked of the file system} */
    public long wanted() {
        return wanted;
    }

    /** {@return how many bytes it had left} */
    public long free() {
        return free;
    }

    /** {@return the session's directory} */
    public Path directory() {
        return Path.of(directory);
    }
}
