package dev.procession.manager;

import java.io.Serializable;
import java.util.function.Supplier;

/**
 * A factory that runs in the manager's process. A lambda will do, if what it captures is serializable; its class must be on
 * the class path there.
 */
@FunctionalInterface
public interface RemoteSupplier<R> extends Supplier<R>, Serializable {}
