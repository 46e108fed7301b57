package dev.procession.channel;

/**
 * An item of a {@link JoinableProcessQueue} that this process works on. {@link #done()} says that the work is done; closing it
 * before that gives the item back, for another attempt by whoever takes it then:
 *
 * <pre>{@code
 * try (Lease<Page> lease = queue.lease()) {
 *     render(lease.item());
 *     lease.done();
 * }
 * }</pre>
 *
 * <p>If this process dies, the item is given out again within a second. A lease may be used by any thread of the process. One
 * that is lost to the garbage collector is given back like one that was closed.
 *
 * @param <E> the type of the items
 */
public interface Lease<E> extends AutoCloseable {
    /** {@return the item} */
    E item();

    /** {@return the number of the item in the queue; the first one ever put has 0} */
    long number();

    /** {@return how often the item was given out, this time included: 1 at first} */
    int attempt();

    /**
     * The work on the item is done.
     *
     * @throws IllegalStateException if it was done or given back before, by this very lease
     */
    void done();

    /** Gives the item back unless it is done. Idempotent. */
    @Override
    void close();
}
