package dev.procession.pool;

import java.io.Serializable;

/**
 * A {@link PoolFunction} of two arguments.
 *
 * @param <A> the type of the first argument; serializable
 * @param <B> the type of the second argument; serializable
 * @param <R> the type of the results; serializable
 */
@FunctionalInterface
public interface PoolBiFunction<A, B, R> extends Serializable {

    /**
     * Runs in a worker.
     *
     * @param first the first argument
     * @param second the second argument
     * @return the result
     * @throws Exception fails the pair; it reaches the caller
     */
    R apply(A first, B second) throws Exception;
}
