package dev.procession.manager;

import java.io.Serializable;
import java.util.function.BiFunction;

/**
 * A function that runs in the manager's process. A lambda will do, if what it captures is serializable; its class must be on
 * the class path there.
 */
@FunctionalInterface
public interface RemoteBiFunction<T, U, R> extends BiFunction<T, U, R>, Serializable {}
