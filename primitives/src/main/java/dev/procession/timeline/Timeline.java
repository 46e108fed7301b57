package dev.procession.timeline;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What happened in the processes of a session until now, in one order. It is a snapshot: it does not change, and needs
 * the session no more. Any thread may use it.
 *
 * <p>Each process keeps its last events; {@link #lost()} says how many there were besides. The order is that of numbers
 * which all processes take from one counter: if an event could have caused another, it comes first, whatever the clocks
 * say. The processes go on while a snapshot is taken; all of it is from before one moment.
 *
 * <pre>{@code
 * for (TimelineEvent event : timeline.ofObject("journal").ofKind(EventKind.ACQUIRED).events()) {
 *     System.out.println(timeline.timeOf(event) + " " + event.process().name());
 * }
 * }</pre>
 */
public final class Timeline {
    private final List<TimelineProcess> processes;
    private final List<TimelineEvent> events;

    private Timeline(List<TimelineProcess> processes, List<TimelineEvent> events) {
        this.processes = processes;
        this.events = events;
    }

    /**
     * {@return a timeline of these processes and events, put in order}
     *
     * @param processes the first one's clock is the timeline's
     * @param events of these processes, in any order
     */
    public static Timeline of(List<TimelineProcess> processes, List<TimelineEvent> events) {
        return new Timeline(
                List.copyOf(processes),
                events.stream()
                        .sorted(Comparator.comparingLong(TimelineEvent::sequence)
                                .thenComparingLong(TimelineEvent::nanos))
                        .toList());
    }

    /** {@return the processes, dead ones too, in the order in which they joined} Filters leave them as they are. */
    public List<TimelineProcess> processes() {
        return processes;
    }

    /** {@return the events by sequence; unmodifiable} */
    public List<TimelineEvent> events() {
        return events;
    }

    /** {@return what the events are about, without {@link TimelineObject#NONE}, in the order of first events} */
    public List<TimelineObject> objects() {
        return events.stream()
                .map(TimelineEvent::object)
                .filter(object -> object.id() != 0)
                .distinct()
                .toList();
    }

    /** {@return the events of the processes with this pid} */
    public Timeline ofProcess(long pid) {
        return where(event -> event.process().pid() == pid);
    }

    /** {@return the events about the object with this id} */
    public Timeline ofObject(long id) {
        return where(event -> event.object().id() == id);
    }

    /** {@return the events about objects of this name} Anonymous objects all have the empty one. */
    public Timeline ofObject(String name) {
        return where(event -> event.object().id() != 0 && event.object().name().equals(name));
    }

    /** {@return the events of these kinds} */
    public Timeline ofKind(EventKind kind, EventKind... more) {
        Set<EventKind> kinds = EnumSet.of(kind, more);
        return where(event -> kinds.contains(event.kind()));
    }

    /** {@return the events that the condition holds for} */
    public Timeline where(Predicate<? super TimelineEvent> condition) {
        return new Timeline(processes, events.stream().filter(condition).toList());
    }

    /** {@return how many events the processes recorded that are not here, filters aside} */
    public long lost() {
        return processes.stream().mapToLong(TimelineProcess::lost).sum();
    }

    /** {@return the wall clock's time of an event, by the first process's clock} It goes on evenly, also where the wall clock was set. */
    public Instant timeOf(TimelineEvent event) {
        ProcessClock clock = processes.stream()
                .filter(TimelineProcess::readable)
                .findFirst()
                .map(TimelineProcess::clock)
                .orElse(event.process().clock());
        return clock.anchorTime().plusNanos(event.nanos() - clock.anchorNanos() - clock.offsetNanos());
    }

    /** {@return the time from one event to another, negative if the second came first} */
    public static Duration between(TimelineEvent from, TimelineEvent to) {
        return Duration.ofNanos(to.nanos() - from.nanos());
    }

    /** Says how much is here, not what. */
    @Override
    public String toString() {
        return "timeline of " + events.size() + " events in " + processes.size() + " processes, lost=" + lost();
    }
}
