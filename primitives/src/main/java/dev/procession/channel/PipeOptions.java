package dev.procession.channel;

/**
 * What a pipe is created with.
 *
 * @param capacity how many bytes of messages may be under way in each direction: a power of two in 4096..2^28. Longer messages go
 *     through in parts, so this bounds memory, not messages
 */
public record PipeOptions(int capacity) {
    private static final int LEAST = 1 << 12;
    private static final int MOST = 1 << 28;

    /** As much as a pipe of Linux holds; a larger one does not make long messages faster. */
    private static final int STANDARD = 1 << 16;

    /** Checks the capacity. */
    public PipeOptions {
        if (capacity < LEAST || capacity > MOST || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException(
                    "a pipe's capacity must be a power of two in " + LEAST + ".." + MOST + ": capacity=" + capacity);
        }
    }

    /** {@return 64 KiB in each direction} */
    public static PipeOptions standard() {
        return new PipeOptions(STANDARD);
    }
}
