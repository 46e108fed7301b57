package dev.procession.channel;

import java.util.Objects;

/**
 * How a queue is made. Immutable; each method returns a changed copy.
 *
 * @param <E> the type of the items
 */
public final class QueueOptions<E> {
    static final long ENDS_WITH_PRODUCERS = 1;

    private static final int RING = 64 * 1024;
    private static final int SMALLEST_RING = 1024;
    private static final int LARGEST_RING = 1 << 28;
    private static final int ATTEMPTS = 3;

    private final Codec<E> codec;
    private final int capacity; // 0 = no bound
    private final int ringBytes;
    private final int maxAttempts;
    private final long flags;

    private QueueOptions(Codec<E> codec, int capacity, int ringBytes, int maxAttempts, long flags) {
        this.codec = Objects.requireNonNull(codec, "codec");
        this.capacity = capacity;
        this.ringBytes = ringBytes;
        this.maxAttempts = maxAttempts;
        this.flags = flags;
    }

    /**
     * {@return a queue without a bound for whatever Java serialization takes}
     *
     * @param <E> the type of the items
     */
    public static <E> QueueOptions<E> standard() {
        return of(Codec.objects());
    }

    /**
     * {@return a queue without a bound, with a codec}
     *
     * @param codec how items become bytes; every process must use the same one
     * @param <E> the type of the items
     */
    public static <E> QueueOptions<E> of(Codec<E> codec) {
        return new QueueOptions<>(codec, 0, RING, ATTEMPTS, 0);
    }

    /**
     * A bound: a put waits while there are so many items.
     *
     * @param items 1 or more
     */
    public QueueOptions<E> capacity(int items) {
        if (items < 1) {
            throw new IllegalArgumentException(
                    "a bounded queue has room for 1 item or more; leave capacity away for no bound: capacity=" + items);
        }
        return new QueueOptions<>(codec, items, ringBytes, maxAttempts, flags);
    }

    /**
     * The size of the ring that items pass through. It is no bound: what does not fit into it goes beside it, only slower. An
     * item of more than an eighth of it has memory of its own.
     *
     * @param bytes rounded up to a power of two; 64 KiB if nothing is said
     */
    public QueueOptions<E> ringBytes(int bytes) {
        if (bytes < SMALLEST_RING || bytes > LARGEST_RING) {
            throw new IllegalArgumentException(
                    "a ring has " + SMALLEST_RING + ".." + LARGEST_RING + " bytes: ringBytes=" + bytes);
        }
        int rounded = Integer.highestOneBit(bytes);
        return new QueueOptions<>(codec, capacity, rounded == bytes ? bytes : rounded * 2, maxAttempts, flags);
    }

    /**
     * How often an item of a joinable queue is given out before it becomes a {@link DeadLetter}; 3 if nothing is said.
     *
     * @param attempts 1..255
     */
    public QueueOptions<E> maxAttempts(int attempts) {
        if (attempts < 1 || attempts > Item.MOST_ATTEMPTS) {
            throw new IllegalArgumentException(
                    "an item is given out 1.." + Item.MOST_ATTEMPTS + " times: maxAttempts=" + attempts);
        }
        return new QueueOptions<>(codec, capacity, ringBytes, attempts, flags);
    }

    /**
     * The queue ends when there were producers and all of them are gone: each {@link ProcessQueue#producer()} was closed, or
     * its process died. Only producers may put then.
     */
    public QueueOptions<E> endWhenProducersGone() {
        return new QueueOptions<>(codec, capacity, ringBytes, maxAttempts, flags | ENDS_WITH_PRODUCERS);
    }

    Codec<E> codec() {
        return codec;
    }

    long capacityOrMax() {
        return capacity == 0 ? Long.MAX_VALUE : capacity;
    }

    int ringBytes() {
        return ringBytes;
    }

    int maxAttempts() {
        return maxAttempts;
    }

    long flags() {
        return flags;
    }

    /** {@return what tells codecs apart, as far as can be told} */
    static String name(Codec<?> codec) {
        return codec instanceof BasicCodec basic
                ? basic.name()
                : codec.getClass().getName();
    }

    @Override
    public String toString() {
        return "codec=" + name(codec) + " capacity=" + (capacity == 0 ? "unbounded" : capacity)
                + ((flags & ENDS_WITH_PRODUCERS) == 0 ? "" : " endWhenProducersGone");
    }
}
