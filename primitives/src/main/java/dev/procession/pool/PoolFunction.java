package dev.procession.pool;

import java.io.Serializable;

/**
 * What the workers of a {@link ProcessPool} apply to each of many items. It travels once to each worker, and what it has
 * captured travels with it: a worker applies one and the same copy to all items that it gets.
 *
 * @param <T> the type of the items; they must be serializable
 * @param <R> the type of the results; they must be serializable
 */
@FunctionalInterface
public interface PoolFunction<T, R> extends Serializable {

    /**
     * Runs in a worker.
     *
     * @param item one item
     * @return its result
     * @throws Exception fails the item; it reaches the caller
     */
    R apply(T item) throws Exception;
}
