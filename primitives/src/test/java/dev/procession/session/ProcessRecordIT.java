package dev.procession.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.process.ChildProcess;
import dev.procession.process.ProcessExit;
import dev.procession.shared.SharedInt;
import dev.procession.timeline.EventKind;
import dev.procession.timeline.Timeline;
import dev.procession.timeline.TimelineEvent;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the event record says of the processes themselves. */
@Timeout(60)
class ProcessRecordIT {

    @Test
    @DisabledOnOs(OS.WINDOWS) // a killed one reads as terminated there
    void start_recordingSession_tellsStartAttachmentAndEnd() throws Exception {
        Timeline timeline;
        long exitsPid;
        long killedPid;
        long outsidePid;
        try (Session session = Session.create(SessionOptions.standard().recording(true))) {
            SharedInt up = SharedInt.create(session, 0);
            ChildProcess exits = ChildProcess.of(() -> {
                up.set(up.get() + 1);
                throw new ProcessExit(3);
            });
            ChildProcess killed = ChildProcess.of(() -> {
                up.set(up.get() + 1);
                Thread.sleep(60_000);
            });
            ChildProcess outside = ChildProcess.of(() -> {});
            exits.start();
            exits.join();
            killed.start();
            outside.start();
            while (up.get() < 2) {
                Thread.sleep(2);
            }
            killed.kill();
            killed.join();
            outside.join();
            exitsPid = exits.pid();
            killedPid = killed.pid();
            outsidePid = outside.pid();
            timeline = session.timeline();
        }
        long me = ProcessHandle.current().pid();
        assertEquals(
                List.of(
                        me + " PROCESS_STARTED " + exitsPid,
                        exitsPid + " ATTACHED " + me,
                        exitsPid + " EXITING 0",
                        me + " PROCESS_ENDED 3"),
                of(timeline, exitsPid));
        assertEquals(
                List.of(me + " PROCESS_STARTED " + killedPid, killedPid + " ATTACHED " + me, me + " PROCESS_ENDED -9"),
                of(timeline, killedPid));
        assertEquals(List.of(me + " PROCESS_STARTED " + outsidePid, me + " PROCESS_ENDED 0"), of(timeline, outsidePid));
        assertTrue(timeline.objects().stream().anyMatch(object -> object.type().equals("process")));
    }

    @Test
    void join_recordingSession_isAWaitForTheChild() throws Exception {
        try (Session session = Session.create(SessionOptions.standard().recording(true))) {
            ChildProcess child = ChildProcess.of(() -> Thread.sleep(60_000));
            child.start();
            assertFalse(child.join(Duration.ofMillis(1)));
            assertFalse(child.join(Duration.ZERO));
            child.kill();
            child.join();
            child.join();
            long object = session.timeline()
                    .ofKind(EventKind.PROCESS_STARTED)
                    .events()
                    .get(0)
                    .object()
                    .id();
            List<EventKind> waits = session
                    .timeline()
                    .ofObject(object)
                    .ofKind(EventKind.WAIT_BEGIN, EventKind.WAIT_END, EventKind.WAIT_TIMED_OUT)
                    .events()
                    .stream()
                    .map(TimelineEvent::kind)
                    .toList();
            assertEquals(List.of(EventKind.WAIT_BEGIN, EventKind.WAIT_TIMED_OUT), waits.subList(0, 2));
            // The second one waits only if the child is not dead by then.
            assertTrue(
                    waits.size() == 2
                            || waits.subList(2, waits.size()).equals(List.of(EventKind.WAIT_BEGIN, EventKind.WAIT_END)),
                    waits.toString());
        }
    }

    /** The life of one process: its own events, and those of others about it. */
    private static List<String> of(Timeline timeline, long pid) {
        List<Long> objects = timeline.ofKind(EventKind.PROCESS_STARTED).events().stream()
                .filter(event -> event.value() == pid)
                .map(event -> event.object().id())
                .toList();
        Stream<TimelineEvent> life = timeline
                .ofKind(EventKind.PROCESS_STARTED, EventKind.ATTACHED, EventKind.EXITING, EventKind.PROCESS_ENDED)
                .events()
                .stream()
                .filter(event -> event.process().pid() == pid
                        || objects.contains(event.object().id()));
        return life.map(event -> event.process().pid() + " " + event.kind() + " " + event.value())
                .toList();
    }

    @Test
    void span_recordingSession_beginsAndEndsWithTheSameWords() {
        try (Session session = Session.create(SessionOptions.standard().recording(true))) {
            try (Session.Span sleep = session.span("sleep")) {
                session.mark("in it");
            }
            List<String> seen = session.timeline().events().stream()
                    .filter(event -> event.kind().hasText())
                    .map(event -> event.kind() + " " + event.text())
                    .toList();
            assertEquals(List.of("SPAN_BEGIN sleep", "MARK in it", "SPAN_END sleep"), seen);
        }
    }

    @Test
    void span_noRecord_doesNothing() {
        try (Session session = Session.create()) {
            session.span("sleep").close();
            assertEquals(List.of(), session.timeline().events());
        }
    }
}
