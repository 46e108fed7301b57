package dev.procession.manager;

import java.io.Serializable;
import java.util.Comparator;

/**
 * An order that runs in the manager's process. A lambda will do, if what it captures is serializable; its class must be on
 * the class path there.
 */
@FunctionalInterface
public interface RemoteComparator<T> extends Comparator<T>, Serializable {}
