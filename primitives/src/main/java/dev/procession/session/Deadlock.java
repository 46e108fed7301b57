package dev.procession.session;

import java.time.Instant;
import java.util.List;

/**
 * Threads that wait for each other in a circle.
 *
 * @param waiters each waits for a lock that the next one holds, the last one for a lock that the first one holds
 */
public record Deadlock(List<Waiter> waiters) {

    /**
     * A thread in the circle.
     *
     * @param pid the id of its process
     * @param processName the name of its process
     * @param threadName its name
     * @param waitsFor the lock, as messages call it: {@code lock "journal"}; the next waiter holds it
     * @param since when it began to sleep for it
     * @param stack its frames, innermost first; empty if its process did not answer
     */
    public record Waiter(
            long pid, String processName, String threadName, String waitsFor, Instant since, List<String> stack) {}

    /** {@return the circle and its stacks, a line for each thing} */
    public String describe() {
        StringBuilder text =
                new StringBuilder("deadlock of ").append(waiters.size()).append(" threads:\n");
        for (int i = 0; i < waiters.size(); i++) {
            Waiter waiter = waiters.get(i);
            Waiter holder = waiters.get((i + 1) % waiters.size());
            text.append("  thread ")
                    .append(waiter.threadName())
                    .append(" of process ")
                    .append(waiter.pid())
                    .append(" (")
                    .append(waiter.processName())
                    .append(") waits since ")
                    .append(waiter.since())
                    .append(" for ")
                    .append(waiter.waitsFor())
                    .append(", held by thread ")
                    .append(holder.threadName())
                    .append(" of process ")
                    .append(holder.pid())
                    .append('\n');
            for (String frame : waiter.stack()) {
                text.append("    at ").append(frame).append('\n');
            }
        }
        return text.toString();
    }
}
