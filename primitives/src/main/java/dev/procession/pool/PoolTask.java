package dev.procession.pool;

import java.io.Serializable;
import java.util.concurrent.Callable;

/**
 * Work for a worker of a {@link ProcessPool}. It is serialized when it is submitted, so later changes to what it
 * refers to are not seen by the worker; its class must be on the workers' class path. Its {@code toString()} names it
 * in reports.
 *
 * @param <T> the type of the result; the result must be serializable
 */
@FunctionalInterface
public interface PoolTask<T> extends Callable<T>, Serializable {}
