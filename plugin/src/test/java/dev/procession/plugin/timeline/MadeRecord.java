package dev.procession.plugin.timeline;

import dev.procession.timeline.EventKind;
import dev.procession.timeline.ProcessClock;
import dev.procession.timeline.Timeline;
import dev.procession.timeline.TimelineEvent;
import dev.procession.timeline.TimelineObject;
import dev.procession.timeline.TimelineProcess;
import dev.procession.timeline.TimelineThread;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An event record for tests, written event by event; the times are microseconds. */
final class MadeRecord {
    static final TimelineObject LOCK = new TimelineObject(7, "lock", "journal");
    static final TimelineObject QUEUE = new TimelineObject(8, "queue", "work");
    static final TimelineObject EVENT = new TimelineObject(9, "event", "go");
    static final TimelineObject CONDITION = new TimelineObject(10, "condition", "turn");

    private final List<TimelineProcess> processes = new ArrayList<>();
    private final List<TimelineEvent> events = new ArrayList<>();

    TimelineProcess process(long pid, String name) {
        return process(pid, name, true, 0, 0);
    }

    TimelineProcess process(long pid, String name, boolean readable, long lost, long clockError) {
        ProcessClock clock = readable
                ? new ProcessClock(0, Instant.ofEpochSecond(1_700_000_000), 0, clockError)
                : ProcessClock.UNKNOWN;
        TimelineProcess process = new TimelineProcess(
                pid << 18, pid, name, Instant.ofEpochSecond(1_700_000_000), readable, 100, lost, 0, clock);
        processes.add(process);
        return process;
    }

    static TimelineObject child(long pid, String name) {
        return new TimelineObject(1L << 62 | pid, "process", name);
    }

    MadeRecord add(long micros, TimelineProcess process, EventKind kind, TimelineObject object, long value) {
        return add(micros, process, "main", kind, object, value, "");
    }

    MadeRecord add(
            long micros,
            TimelineProcess process,
            String thread,
            EventKind kind,
            TimelineObject object,
            long value,
            String text) {
        events.add(new TimelineEvent(
                events.size(),
                micros * 1000,
                kind,
                process,
                new TimelineThread(thread.hashCode() & 0xffff, thread),
                object,
                value,
                text));
        return this;
    }

    Timeline timeline() {
        return Timeline.of(processes, events);
    }

    Picture picture() {
        return picture(64);
    }

    Picture picture(int processors) {
        return Picture.of(timeline(), processors);
    }
}
