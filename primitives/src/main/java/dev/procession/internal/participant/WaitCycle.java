package dev.procession.internal.participant;

import java.util.List;

/**
 * Threads of which each sleeps for a lock that the next one holds, the last one for one of the first's. It begins with the
 * smallest, so that two looks at one deadlock are equal.
 *
 * @param edges who waits for what
 */
public record WaitCycle(List<Edge> edges) {

    /**
     * A thread that sleeps for a lock.
     *
     * @param owner the word of its process
     * @param thread its id in that JVM
     * @param threadName its name
     * @param object the id of the lock's block
     * @param label the lock, as messages call it
     * @param sequence what tells this sleep from all others of its process
     * @param sinceMillis when it began, in milliseconds since 1970
     * @param detects whether the lock was made with deadlock detection
     */
    public record Edge(
            long owner,
            long thread,
            String threadName,
            long object,
            String label,
            long sequence,
            long sinceMillis,
            boolean detects) {}
}
