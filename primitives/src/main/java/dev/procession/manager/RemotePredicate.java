package dev.procession.manager;

import java.io.Serializable;
import java.util.function.Predicate;

/**
 * A condition that runs in the manager's process. A lambda will do, if what it captures is serializable; its class must be on
 * the class path there.
 */
@FunctionalInterface
public interface RemotePredicate<T> extends Predicate<T>, Serializable {}
