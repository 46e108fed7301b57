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

    /** With 64 KiB, and no processor to spare, messages of a MiB took three times as long: each turn of a sender carries less. */
    private static final int STANDARD = 1 << 18;

    /** Checks the capacity. */
    public PipeOptions {
        if (capacity < LEAST || capacity > MOST || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException(
                    "a pipe's capacity must be a power of two in " + LEAST + ".." + MOST + ": capacity=" + capacity);
        }
    }

    /** {@return 256 KiB in each direction} */
    public static PipeOptions standard() {
        return new PipeOptions(STANDARD);
    }
}
