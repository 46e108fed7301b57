package dev.procession.timeline;

/**
 * One thing that happened.
 *
 * @param sequence its place in the order of all processes; gaps are events that were lost
 * @param nanos when, on the clock of the timeline's first process; as exact as {@link ProcessClock#errorNanos()} of its process.
 *     Only differences mean something
 * @param kind what happened
 * @param process in which process
 * @param thread in which thread of it
 * @param object what it is about, or {@link TimelineObject#NONE}
 * @param value what the {@link EventKind} says
 * @param text the words of a mark or a span; otherwise empty. Data, not markup
 */
public record TimelineEvent(
        long sequence,
        long nanos,
        EventKind kind,
        TimelineProcess process,
        TimelineThread thread,
        TimelineObject object,
        long value,
        String text) {}
