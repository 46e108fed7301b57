package dev.procession.sync;

import java.util.concurrent.locks.Condition;

/** A condition of a {@link ProcessLock}. */
public interface ProcessCondition extends Condition {}
