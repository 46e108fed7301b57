package dev.procession.plugin.timeline;

import dev.procession.plugin.timeline.Draft.Life;
import dev.procession.plugin.timeline.Draft.Link;
import dev.procession.plugin.timeline.Draft.Stretch;
import dev.procession.plugin.timeline.Draft.Track;
import dev.procession.plugin.timeline.Picture.ArrowKind;
import dev.procession.plugin.timeline.Picture.BarKind;
import dev.procession.plugin.timeline.Picture.Dot;
import dev.procession.plugin.timeline.Picture.Outcome;
import dev.procession.timeline.Timeline;
import dev.procession.timeline.TimelineEvent;
import dev.procession.timeline.TimelineObject;
import dev.procession.timeline.TimelineProcess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the events in their order, and remembers what has begun and not ended. */
final class PictureBuilder {
    private static final String SLEEP = "sleep";
    private static final Set<String> LIBRARY_THREADS = Set.of("procession-supervisor", "procession-session-exit");

    private final Timeline timeline;
    private final Map<TimelineProcess, Life> members = new LinkedHashMap<>();
    private final List<Life> lives = new ArrayList<>();
    private final Map<Long, Life> children = new HashMap<>();
    private final Map<Long, Integer> objectIndexes = new HashMap<>();
    private final List<TimelineObject> objects = new ArrayList<>();
    private final Map<Integer, List<Stretch>> holds = new HashMap<>();
    private final Map<String, List<Picture.Point>> curves = new LinkedHashMap<>();
    private final List<Link> links = new ArrayList<>();
    private final Causes causes = new Causes();
    private final List<SecondTaking> takenAgain = new ArrayList<>();
    private final ProcessorCurve processors;
    private boolean isBegun;
    private long begin;
    private long end;

    PictureBuilder(Timeline timeline, int processors) {
        this.timeline = timeline;
        this.processors = new ProcessorCurve(processors);
    }

    Picture build() {
        for (TimelineProcess process : timeline.processes()) {
            Life life = new Life(process.participant(), process.pid(), process.name());
            life.readable = process.readable();
            life.lost = process.lost();
            life.namesLost = process.namesLost();
            life.clockError = process.clock().errorNanos();
            members.put(process, life);
            lives.add(life);
        }
        for (TimelineEvent event : timeline.events()) {
            begin = isBegun ? Math.min(begin, event.nanos()) : event.nanos();
            end = isBegun ? Math.max(end, event.nanos()) : event.nanos();
            isBegun = true;
            Life life = Objects.requireNonNull(members.get(event.process()));
            Track track = isAside(event)
                    ? life.aside
                    : life.track(event.thread().id(), event.thread().name());
            track.seen(event.nanos());
            read(event, life, track);
        }
        List<Picture.Point> used = processors.points(begin, end);
        if (!used.isEmpty()) {
            curves.put(Picture.PROCESSORS + " -1", used);
        }
        takenAgain.forEach(this::takenAgain);
        return new Finish(this.timeline, lives, objects, curves, links, begin, end).picture();
    }

    private void read(TimelineEvent event, Life life, Track track) {
        int object = object(event.object());
        long nanos = event.nanos();
        switch (event.kind()) {
            case PROCESS_STARTED -> started(event, track, object);
            case ATTACHED -> {
                life.isAttached = true;
                life.attached = nanos;
            }
            case PROCESS_DISMISSED -> dismissed(event);
            case PROCESS_ENDED -> ended(event, object);
            case WAIT_BEGIN -> track.open(BarKind.WAIT, object, "", event.sequence(), nanos, event.value());
            case WAIT_END -> waited(event, track, object, Outcome.DONE);
            case WAIT_TIMED_OUT -> waited(event, track, object, Outcome.TIMED_OUT);
            case WAIT_INTERRUPTED -> waited(event, track, object, Outcome.INTERRUPTED);
            case ACQUIRED -> {
                waited(event, track, object, Outcome.DONE);
                Stretch hold = track.open(BarKind.HOLD, object, "", event.sequence(), nanos, event.value());
                holds.computeIfAbsent(object, key -> new ArrayList<>()).add(hold);
            }
            case RELEASED -> {
                release(object, life, track, nanos, event.value());
                causes.gives(object, track, event.sequence(), nanos);
            }
            case OWNER_DIED -> ownerDied(event, track, object);
            case SET, BARRIER_TRIPPED, BARRIER_BROKEN -> causes.gives(object, track, event.sequence(), nanos);
            case SIGNALLED -> causes.signals(object, track, event.sequence(), nanos, event.value());
            case QUEUE_PUT, MESSAGE_SENT -> causes.sends(object, event.value(), track, event.sequence(), nanos);
            case QUEUE_TAKEN, MESSAGE_RECEIVED -> {
                causes.takes(object, event.value(), track);
                arrived(object, event.value(), track, nanos);
            }
            case QUEUE_REDELIVERED ->
                takenAgain.add(new SecondTaking(
                        object, event.value(), causes.takes(object, event.value(), track), track, nanos));
            case PROCESSOR_TIME -> processors.add(life, nanos, event.value());
            case PERMITS, QUEUE_SIZE, VALUE_WRITTEN ->
                curves.computeIfAbsent(event.kind() + " " + object, key -> new ArrayList<>())
                        .add(new Picture.Point(nanos, event.value()));
            case TASK_BEGIN -> track.open(BarKind.TASK, object, "", event.sequence(), nanos, event.value());
            case TASK_END -> close(track, BarKind.TASK, object, "", nanos, Outcome.DONE);
            case TASK_FAILED -> close(track, BarKind.TASK, object, "", nanos, Outcome.FAILED);
            case SPAN_BEGIN ->
                track.open(
                        event.text().equals(SLEEP) ? BarKind.SLEEP : BarKind.SPAN,
                        object,
                        event.text(),
                        event.sequence(),
                        nanos,
                        0);
            case SPAN_END ->
                close(
                        track,
                        event.text().equals(SLEEP) ? BarKind.SLEEP : BarKind.SPAN,
                        object,
                        event.text(),
                        nanos,
                        Outcome.DONE);
            default -> {
                // A moment, and nothing else.
            }
        }
        if (isMoment(event)) {
            track.dots.add(new Dot(event.kind().name(), object, event.text(), nanos, event.value()));
        }
    }

    /** The library has threads that the user has not made, and that are no lanes. */
    private static boolean isAside(TimelineEvent event) {
        return switch (event.kind()) {
            case PROCESS_DISMISSED, PROCESS_ENDED, EXITING, REPAIRED, PROCESSOR_TIME -> true;
            default -> LIBRARY_THREADS.contains(event.thread().name());
        };
    }

    private static boolean isMoment(TimelineEvent event) {
        return switch (event.kind()) {
            case WAIT_BEGIN,
                    WAIT_END,
                    WAIT_TIMED_OUT,
                    WAIT_INTERRUPTED,
                    ACQUIRED,
                    RELEASED,
                    PROCESSOR_TIME,
                    PERMITS,
                    QUEUE_SIZE,
                    TASK_BEGIN,
                    TASK_END,
                    TASK_FAILED,
                    SPAN_BEGIN,
                    SPAN_END,
                    ATTACHED -> false;
            default -> true;
        };
    }

    private int object(TimelineObject object) {
        if (object.id() == 0) {
            return -1;
        }
        return objectIndexes.computeIfAbsent(object.id(), id -> {
            objects.add(object);
            return objects.size() - 1;
        });
    }

    private void started(TimelineEvent event, Track parent, int object) {
        Life child = lives.stream()
                .filter(life -> life.pid == event.value() && !life.isStarted)
                .findFirst()
                .orElseGet(() -> {
                    Life outsider = new Life(0, event.value(), event.object().name());
                    outsider.clockError = event.process().clock().errorNanos();
                    lives.add(outsider);
                    return outsider;
                });
        child.isStarted = true;
        child.started = event.nanos();
        if (!event.object().name().isEmpty()) {
            child.name = event.object().name();
        }
        children.put(event.object().id(), child);
        links.add(new Link(ArrowKind.START, object, parent, event.nanos(), child.first(), event.nanos()));
    }

    private void dismissed(TimelineEvent event) {
        Life child = children.get(event.object().id());
        if (child != null) {
            child.isDismissed = true;
        }
    }

    private void ended(TimelineEvent event, int object) {
        Life child = children.get(event.object().id());
        if (child == null) {
            return; // its start is among the events that were lost
        }
        child.end(event.nanos(), (int) event.value());
        causes.gives(object, child.first(), event.sequence(), event.nanos());
    }

    private void waited(TimelineEvent event, Track track, int object, Outcome outcome) {
        Stretch wait = latest(track, BarKind.WAIT, object, "");
        if (wait == null) {
            return;
        }
        track.close(wait, event.nanos(), outcome);
        if (outcome == Outcome.DONE) {
            boolean isChild = event.object().type().equals("process");
            causes.ofWake(object, track, wait.sequence)
                    .ifPresent(cause -> links.add(new Link(
                            isChild ? ArrowKind.END : ArrowKind.WAKE,
                            object,
                            cause.who(),
                            cause.nanos(),
                            track,
                            event.nanos())));
        }
    }

    private static @Nullable Stretch latest(Track track, BarKind kind, int object, String text) {
        for (int i = track.open.size() - 1; i >= 0; i--) {
            Stretch stretch = track.open.get(i);
            if (stretch.kind == kind && stretch.object == object && stretch.text.equals(text)) {
                return stretch;
            }
        }
        return null;
    }

    private static void close(Track track, BarKind kind, int object, String text, long nanos, Outcome outcome) {
        Stretch stretch = latest(track, kind, object, text);
        if (stretch != null) {
            track.close(stretch, nanos, outcome);
        }
    }

    /** By who has it, or another thread of that process; a semaphore also by somebody else. */
    private void release(int object, Life life, Track track, long nanos, long value) {
        List<Stretch> all = holds.getOrDefault(object, List.of());
        for (long left = Math.max(1, value); left > 0 && !all.isEmpty(); ) {
            Stretch hold = all.get(0);
            for (Stretch one : all) {
                if (one.track == track || (one.track.life == life && hold.track != track)) {
                    hold = one;
                }
            }
            long given = Math.min(left, hold.left);
            left -= given;
            hold.left -= given;
            if (hold.left == 0) {
                all.remove(hold);
                hold.track.close(hold, nanos, Outcome.DONE);
            }
        }
    }

    private void ownerDied(TimelineEvent event, Track track, int object) {
        Life dead = lives.stream()
                .filter(life -> life.participant == event.value() && life.participant != 0)
                .findFirst()
                .orElse(null);
        if (dead == null) {
            return;
        }
        Track from = dead.first();
        for (Stretch hold : List.copyOf(holds.getOrDefault(object, List.of()))) {
            if (hold.track.life == dead) {
                from = hold.track;
                holds.getOrDefault(object, new ArrayList<>()).remove(hold);
                hold.track.close(hold, event.nanos(), Outcome.DIED);
            }
        }
        links.add(new Link(
                ArrowKind.DEATH, object, from, dead.isEnded ? dead.ended : event.nanos(), track, event.nanos()));
    }

    private void arrived(int object, long number, Track track, long nanos) {
        causes.ofMessage(object, number, track)
                .ifPresent(cause ->
                        links.add(new Link(ArrowKind.MESSAGE, object, cause.who(), cause.nanos(), track, nanos)));
    }

    /** An item of a consumer that died passes on from it; one that was given back comes from who sent it. */
    private void takenAgain(SecondTaking again) {
        Track before = again.before.orElse(null);
        if (before != null && before.life.isEnded && before.life.lastSeen() <= again.nanos) {
            long died = Math.min(before.life.ended, again.nanos); // its parent may hear of it later
            links.add(new Link(ArrowKind.DEATH, again.object, before, died, again.track, again.nanos));
        } else {
            arrived(again.object, again.number, again.track, again.nanos);
        }
    }

    /** Whether the one who had it before was dead by then is known when all is read. */
    private record SecondTaking(int object, long number, Optional<Track> before, Track track, long nanos) {}
}
