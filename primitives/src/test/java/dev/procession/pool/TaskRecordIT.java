package dev.procession.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.process.ChildProcess;
import dev.procession.session.Session;
import dev.procession.session.SessionOptions;
import dev.procession.timeline.EventKind;
import dev.procession.timeline.Timeline;
import dev.procession.timeline.TimelineEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A pool's tasks in the event record of a session. */
@Timeout(60)
class TaskRecordIT {

    private record Named(String name, int ends) implements PoolTask<Long> {
        @Override
        public Long call() {
            if (ends == 1) {
                throw new IllegalStateException(name);
            }
            if (ends == 2) {
                Runtime.getRuntime().halt(7);
            }
            return ChildProcess.current().pid();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @Test
    void submit_recordedIn_eachTaskBeginsAndEndsInTheWorkerThatRanIt() throws Exception {
        Timeline timeline;
        List<Long> ranIn = new ArrayList<>();
        try (Session session = Session.create(SessionOptions.standard().recording(true))) {
            try (ProcessPool pool = ProcessPool.open(
                    PoolOptions.builder().workers(2).recordedIn(session).build())) {
                List<Future<Long>> results = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    results.add(pool.submit(new Named("task " + i, 0)));
                }
                for (Future<Long> result : results) {
                    ranIn.add(result.get());
                }
                Future<Long> thrower = pool.submit(new Named("thrower", 1));
                assertThrows(ExecutionException.class, thrower::get);
                Future<Long> killer = pool.submit(new Named("killer", 2));
                assertThrows(ExecutionException.class, killer::get);
                assertEquals(List.of(2, 4, 6), pool.map(x -> x * 2, List.of(1, 2, 3)));
            }
            timeline = session.timeline();
        }
        for (int i = 0; i < 20; i++) {
            List<TimelineEvent> events = ofTask(timeline, "task " + i);
            assertEquals(
                    List.of(EventKind.TASK_BEGIN, EventKind.TASK_END),
                    events.stream().map(TimelineEvent::kind).toList());
            for (TimelineEvent event : events) {
                assertEquals(ranIn.get(i), event.process().pid());
                assertEquals("task", event.object().type());
            }
        }
        assertEquals(List.of(EventKind.TASK_BEGIN, EventKind.TASK_FAILED), kinds(timeline, "thrower"));
        assertEquals(List.of(EventKind.TASK_BEGIN), kinds(timeline, "killer"));
        assertTrue(
                timeline.ofKind(EventKind.TASK_END).events().stream()
                        .anyMatch(event -> event.object().name().startsWith("lambda of TaskRecordIT, items: ")),
                timeline.objects().toString());
    }

    @Test
    void submit_sessionDoesNotRecord_tasksRunAndNothingIsWritten() throws Exception {
        try (Session session = Session.create();
                ProcessPool pool = ProcessPool.open(
                        PoolOptions.builder().workers(1).recordedIn(session).build())) {
            pool.submit(new Named("unseen", 0)).get();
            assertEquals(List.of(), session.timeline().events());
        }
    }

    /** A picture of it shows the one as an end in order, and the other as a death. */
    @Test
    @DisabledOnOs(OS.WINDOWS) // a killed one reads as terminated there
    void close_workersStillStart_theirEndIsThePoolsOwnAndOneThatIsKilledIsNot() throws Exception {
        try (Session session = Session.create(SessionOptions.standard().recording(true))) {
            long killed;
            long dismissed;
            try (ProcessPool pool = ProcessPool.open(PoolOptions.builder()
                    .workers(1)
                    .initializer(() -> Thread.sleep(60_000))
                    .recordedIn(session)
                    .build())) {
                killed = startedAfter(session, 0);
                ProcessHandle.of(killed).orElseThrow().destroyForcibly();
                // It is replaced.
                dismissed = startedAfter(session, 1);
            }
            assertEquals(List.of("PROCESS_STARTED " + killed, "PROCESS_ENDED -9"), life(session, killed));
            assertEquals(
                    List.of("PROCESS_STARTED " + dismissed, "PROCESS_DISMISSED 0", "PROCESS_ENDED -9"),
                    life(session, dismissed));
        }
    }

    /** The pid of the next worker, when so many were started before it. */
    private static long startedAfter(Session session, int before) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            List<TimelineEvent> started =
                    session.timeline().ofKind(EventKind.PROCESS_STARTED).events();
            if (started.size() > before) {
                return started.get(before).value();
            }
            assertTrue(deadline - System.nanoTime() > 0, "no worker was started: " + started);
            Thread.sleep(2);
        }
    }

    private static List<String> life(Session session, long pid) {
        Timeline timeline = session.timeline();
        TimelineEvent start = timeline.ofKind(EventKind.PROCESS_STARTED).events().stream()
                .filter(event -> event.value() == pid)
                .findFirst()
                .orElseThrow();
        return timeline.ofObject(start.object().id()).events().stream()
                .map(event -> event.kind() + " " + event.value())
                .toList();
    }

    private static List<TimelineEvent> ofTask(Timeline timeline, String name) {
        return timeline.ofObject(name).events();
    }

    private static List<EventKind> kinds(Timeline timeline, String name) {
        return ofTask(timeline, name).stream().map(TimelineEvent::kind).toList();
    }
}
