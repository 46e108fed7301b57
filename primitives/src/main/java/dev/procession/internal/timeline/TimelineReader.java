package dev.procession.internal.timeline;

import dev.procession.internal.record.Anchor;
import dev.procession.internal.record.Recorder;
import dev.procession.internal.record.RingContents;
import dev.procession.internal.record.RingEvent;
import dev.procession.internal.record.RingNames;
import dev.procession.internal.record.RingReader;
import dev.procession.timeline.EventKind;
import dev.procession.timeline.ProcessClock;
import dev.procession.timeline.Timeline;
import dev.procession.timeline.TimelineEvent;
import dev.procession.timeline.TimelineObject;
import dev.procession.timeline.TimelineProcess;
import dev.procession.timeline.TimelineThread;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Merges rings into a timeline. */
public final class TimelineReader {
    private static final @Nullable EventKind[] KINDS = kinds();

    private TimelineReader() {}

    /**
     * Reads the rings as they are now.
     *
     * @param sources the first one's clock becomes the timeline's
     * @param cut the session's counter of events, read (acquire) before this call: later events are left out, so that no
     *     ring that is read last shows what came of something that the ring read first did not yet have
     */
    public static Timeline read(List<RingSource> sources, long cut) {
        List<RingContents> rings = new ArrayList<>(sources.size());
        for (RingSource source : sources) {
            rings.add(RingReader.read(source.memory(), source.offset(), source.length(), source.process()));
        }
        List<ProcessClock> clocks = ClockBounds.of(rings);
        Map<Long, TimelineObject> objects = objects(rings);
        List<TimelineProcess> processes = new ArrayList<>(rings.size());
        List<TimelineEvent> events = new ArrayList<>();
        for (int i = 0; i < rings.size(); i++) {
            RingContents ring = rings.get(i);
            TimelineProcess process = process(ring, clocks.get(i));
            processes.add(process);
            addEvents(ring, process, objects, cut, events);
        }
        return Timeline.of(processes, events);
    }

    private static TimelineProcess process(RingContents ring, ProcessClock clock) {
        Recorder.Writer writer = ring.writer();
        long unknown = ring.events().stream()
                .filter(event -> KINDS[event.kind()] == null)
                .count();
        return new TimelineProcess(
                writer.participant(),
                writer.pid(),
                writer.name(),
                Instant.ofEpochMilli(writer.startedMillis()),
                ring.readable(),
                ring.recorded(),
                ring.lost() + unknown,
                Math.max(0, ring.names().lost()),
                clock);
    }

    private static void addEvents(
            RingContents ring,
            TimelineProcess process,
            Map<Long, TimelineObject> objects,
            long cut,
            List<TimelineEvent> into) {
        Map<Integer, TimelineThread> threads = new HashMap<>();
        RingNames names = ring.names();
        for (RingEvent event : ring.events()) {
            EventKind kind = KINDS[event.kind()];
            if (kind == null || event.sequence() >= cut) {
                continue;
            }
            TimelineThread thread = threads.computeIfAbsent(
                    event.thread(), id -> new TimelineThread(id, names.threads().getOrDefault(id, "")));
            TimelineObject object = objects.computeIfAbsent(event.object(), id -> new TimelineObject(id, "", ""));
            into.add(new TimelineEvent(
                    event.sequence(),
                    event.nanos() + process.clock().offsetNanos(),
                    kind,
                    process,
                    thread,
                    object,
                    event.value(),
                    kind.hasText() ? names.texts().getOrDefault(event.value(), "") : ""));
        }
    }

    /** Each process that opened an object named it; the first to have joined is believed. */
    private static Map<Long, TimelineObject> objects(List<RingContents> rings) {
        Map<Long, TimelineObject> objects = new HashMap<>();
        objects.put(0L, TimelineObject.NONE);
        for (RingContents ring : rings) {
            ring.names()
                    .objects()
                    .forEach((id, name) -> objects.putIfAbsent(id, new TimelineObject(id, name.type(), name.name())));
        }
        return objects;
    }

    /** {@return the time on the wall clock} Any number of microseconds is some moment. */
    static Instant wall(Anchor anchor) {
        long seconds = Math.floorDiv(anchor.wallMicros(), 1_000_000L);
        return Instant.ofEpochSecond(seconds, Math.floorMod(anchor.wallMicros(), 1_000_000L) * 1_000);
    }

    private static @Nullable EventKind[] kinds() {
        @Nullable EventKind[] kinds = new EventKind[256];
        for (EventKind kind : EventKind.values()) {
            kinds[kind.code()] = kind;
        }
        return kinds;
    }
}
