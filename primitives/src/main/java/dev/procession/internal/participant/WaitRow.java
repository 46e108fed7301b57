package dev.procession.internal.participant;

/**
 * A thread that sleeps for a lock.
 *
 * @param owner the word of its process
 * @param thread its id in that JVM
 * @param threadName its name
 * @param object the id of the lock's block
 * @param sequence what tells this sleep from all others of its process
 * @param sinceNanos when it began, on nanoTime's scale, which all processes of a session share
 * @param sinceMillis the same in milliseconds since 1970
 */
record WaitRow(
        long owner, long thread, String threadName, long object, long sequence, long sinceNanos, long sinceMillis) {}
