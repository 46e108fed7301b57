package dev.procession.timeline;

import java.time.Instant;

/**
 * How one process's clock lies to that of the timeline's first process.
 *
 * <p>Processes of one machine usually read the same clock, so the offset is 0, and the record itself shows how far this
 * can be wrong: an event's time was read between the event's number and the next number that its thread took, and
 * numbers are in one order. Two processes that record in turn bound each other; so do their two readings of the wall
 * clock. Only if the record contradicts a common clock, the offset is what the record says.
 *
 * @param anchorNanos {@link System#nanoTime()} of the process when its record began
 * @param anchorTime the wall clock at that moment
 * @param offsetNanos what was added to this process's times
 * @param errorNanos the offset is wrong by this at most; {@link Long#MAX_VALUE}: nothing is known
 */
public record ProcessClock(long anchorNanos, Instant anchorTime, long offsetNanos, long errorNanos) {
    /** A clock of which nothing is known. */
    public static final ProcessClock UNKNOWN = new ProcessClock(0, Instant.EPOCH, 0, Long.MAX_VALUE);
}
