package dev.procession.pool;

import java.io.Serializable;

/**
 * Work without a result for a worker of a {@link ProcessPool}: what {@link PoolTask} is for work that has one. A lambda
 * without a result that is handed to a pool is one.
 */
@FunctionalInterface
public interface PoolAction extends Runnable, Serializable {}
