package dev.procession.plugin.work;

/** What worker processes do beside the threads of the build's own JVM, for tasks that either can run. */
public enum WorkerUse {
    /** Threads run the tasks. Workers are started when that has taken a while and there is still much to do. */
    WHEN_IT_LASTS,
    /** Workers begin to start at once, and threads run tasks beside them. */
    AT_ONCE,
    /** Workers run all tasks. */
    ALONE
}
