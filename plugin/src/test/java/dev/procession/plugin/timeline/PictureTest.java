package dev.procession.plugin.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.timeline.Picture.Arrow;
import dev.procession.plugin.timeline.Picture.Bar;
import dev.procession.plugin.timeline.Picture.Lane;
import dev.procession.timeline.EventKind;
import dev.procession.timeline.Timeline;
import dev.procession.timeline.TimelineObject;
import dev.procession.timeline.TimelineProcess;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of events: bars, arrows and curves, also where some of them are missing. */
class PictureTest {
    private final MadeRecord record = new MadeRecord();
    private final TimelineProcess main = record.process(100, "main");

    private static List<String> bars(Lane lane) {
        return lane.bars().stream().map(PictureTest::bar).toList();
    }

    private static String bar(Bar bar) {
        return bar.kind() + " " + bar.begin() / 1000 + ".." + bar.end() / 1000 + " " + bar.outcome() + " row "
                + bar.row();
    }

    private static List<String> arrows(Picture picture) {
        return picture.arrows().stream().map(PictureTest::arrow).toList();
    }

    private static String arrow(Arrow arrow) {
        return arrow.kind() + " " + arrow.fromLane() + "@" + arrow.from() / 1000 + " -> " + arrow.toLane() + "@"
                + arrow.to() / 1000;
    }

    @Test
    void of_nothing_isEmpty() {
        Picture picture = Picture.of(Timeline.of(List.of(), List.of()));
        assertEquals(List.of(), picture.lanes());
        assertEquals(0, picture.end());
    }

    @Test
    void of_lockHandedOver_waitAndHoldAndWhoWoke() {
        TimelineProcess other = record.process(101, "other");
        Picture picture = record.add(0, main, EventKind.ACQUIRED, MadeRecord.LOCK, 1)
                .add(10, other, EventKind.WAIT_BEGIN, MadeRecord.LOCK, 1)
                .add(50, main, EventKind.RELEASED, MadeRecord.LOCK, 1)
                .add(52, other, EventKind.ACQUIRED, MadeRecord.LOCK, 1)
                .add(90, other, EventKind.RELEASED, MadeRecord.LOCK, 1)
                .picture();
        assertEquals(List.of("HOLD 0..50 DONE row 1"), bars(picture.lanes().get(0)));
        assertEquals(
                List.of("WAIT 10..52 DONE row 0", "HOLD 52..90 DONE row 1"),
                bars(picture.lanes().get(1)));
        assertEquals(List.of("WAKE 0@50 -> 1@52"), arrows(picture));
        assertEquals(90_000, picture.end());
    }

    @Test
    void of_waitTimedOutOrInterrupted_saysSoAndHasNoArrow() {
        Picture picture = record.add(0, main, EventKind.WAIT_BEGIN, MadeRecord.EVENT, 0)
                .add(5, main, EventKind.WAIT_TIMED_OUT, MadeRecord.EVENT, 0)
                .add(6, main, EventKind.WAIT_BEGIN, MadeRecord.EVENT, 0)
                .add(8, main, EventKind.WAIT_INTERRUPTED, MadeRecord.EVENT, 0)
                .picture();
        assertEquals(
                List.of("WAIT 0..5 TIMED_OUT row 0", "WAIT 6..8 INTERRUPTED row 0"),
                bars(picture.lanes().get(0)));
        assertEquals(List.of(), arrows(picture));
    }

    @Test
    void of_setBeforeTheWait_isNotItsCause() {
        TimelineProcess other = record.process(101, "other");
        Picture picture = record.add(0, main, EventKind.SET, MadeRecord.EVENT, 0)
                .add(1, main, EventKind.CLEARED, MadeRecord.EVENT, 0)
                .add(5, other, EventKind.WAIT_BEGIN, MadeRecord.EVENT, 0)
                .add(9, other, EventKind.WAIT_END, MadeRecord.EVENT, 0)
                .picture();
        assertEquals(List.of(), arrows(picture));
    }

    @Test
    void of_signals_eachWakesOneWaiter() {
        TimelineProcess one = record.process(101, "one");
        TimelineProcess two = record.process(102, "two");
        Picture picture = record.add(0, one, EventKind.WAIT_BEGIN, MadeRecord.CONDITION, 0)
                .add(1, two, EventKind.WAIT_BEGIN, MadeRecord.CONDITION, 0)
                .add(10, main, EventKind.SIGNALLED, MadeRecord.CONDITION, 1)
                .add(20, main, EventKind.SIGNALLED, MadeRecord.CONDITION, 1)
                .add(21, one, EventKind.WAIT_END, MadeRecord.CONDITION, 0)
                .add(22, two, EventKind.WAIT_END, MadeRecord.CONDITION, 0)
                .picture();
        // Lanes are in the order in which processes are first seen.
        assertEquals(List.of("WAKE 2@10 -> 0@21", "WAKE 2@20 -> 1@22"), arrows(picture));
    }

    @Test
    void of_queue_itemsAreArrowsAndItsLengthACurve() {
        TimelineProcess other = record.process(101, "other");
        Picture picture = record.add(0, main, EventKind.QUEUE_PUT, MadeRecord.QUEUE, 1)
                .add(1, main, EventKind.QUEUE_SIZE, MadeRecord.QUEUE, 1)
                .add(2, main, EventKind.QUEUE_PUT, MadeRecord.QUEUE, 2)
                .add(3, main, EventKind.QUEUE_SIZE, MadeRecord.QUEUE, 2)
                .add(9, other, EventKind.QUEUE_TAKEN, MadeRecord.QUEUE, 1)
                .add(10, other, EventKind.QUEUE_SIZE, MadeRecord.QUEUE, 1)
                .picture();
        assertEquals(List.of("MESSAGE 0@0 -> 1@9"), arrows(picture));
        assertEquals(1, picture.curves().size());
        assertEquals(
                List.of("1000 1", "3000 2", "10000 1"),
                picture.curves().get(0).points().stream()
                        .map(point -> point.time() + " " + point.value())
                        .toList());
    }

    @Test
    void of_itemOfADeadConsumer_comesFromTheDead() {
        TimelineProcess victim = record.process(101, "victim");
        TimelineProcess heir = record.process(102, "heir");
        TimelineObject child = MadeRecord.child(101, "victim");
        Picture picture = record.add(0, main, EventKind.PROCESS_STARTED, child, 101)
                .add(1, main, EventKind.QUEUE_PUT, MadeRecord.QUEUE, 0)
                .add(5, victim, EventKind.QUEUE_TAKEN, MadeRecord.QUEUE, 0)
                .add(20, heir, EventKind.QUEUE_REDELIVERED, MadeRecord.QUEUE, 0)
                .add(30, main, EventKind.PROCESS_ENDED, child, -9) // who waited for it may be told later
                .picture();
        assertEquals(List.of("START 0@0 -> 1@0", "MESSAGE 0@1 -> 1@5", "DEATH 1@20 -> 2@20"), arrows(picture));
    }

    @Test
    void of_itemThatWasGivenBack_comesFromWhoSentIt() {
        TimelineProcess first = record.process(101, "first");
        TimelineProcess second = record.process(102, "second");
        TimelineObject child = MadeRecord.child(101, "first");
        Picture picture = record.add(0, main, EventKind.PROCESS_STARTED, child, 101)
                .add(1, main, EventKind.QUEUE_PUT, MadeRecord.QUEUE, 0)
                .add(5, first, EventKind.QUEUE_TAKEN, MadeRecord.QUEUE, 0)
                .add(20, second, EventKind.QUEUE_REDELIVERED, MadeRecord.QUEUE, 0)
                .add(25, first, EventKind.EXITING, TimelineObject.NONE, 0)
                .add(30, main, EventKind.PROCESS_ENDED, child, 0)
                .picture();
        assertEquals(List.of("START 0@0 -> 1@0", "MESSAGE 0@1 -> 1@5", "MESSAGE 0@1 -> 2@20"), arrows(picture));
    }

    @Test
    void of_processorTimes_areOneCurveOfAllProcesses() {
        TimelineProcess other = record.process(101, "other");
        TimelineObject none = new TimelineObject(0, "", "");
        Picture picture = record.add(0, main, EventKind.PROCESSOR_TIME, none, 500_000_000)
                .add(0, main, EventKind.PROCESS_STARTED, MadeRecord.child(101, "other"), 101)
                .add(100_000, other, EventKind.ATTACHED, none, 100)
                .add(100_000, other, EventKind.PROCESSOR_TIME, none, 80_000_000)
                .add(200_000, main, EventKind.PROCESSOR_TIME, none, 600_000_000)
                .add(300_000, other, EventKind.PROCESSOR_TIME, none, 280_000_000)
                .add(500_000, other, EventKind.EXITING, none, 0)
                .picture();
        // main uses 0.5 for 0.2 s; the other one 0.8 from its start, then 1 for 0.2 s, then nothing.
        assertEquals(
                List.of(
                        "PROCESSORS -1 0 1300",
                        "PROCESSORS -1 100000000 1500",
                        "PROCESSORS -1 200000000 1000",
                        "PROCESSORS -1 300000000 0"),
                picture.curves().stream()
                        .flatMap(curve -> curve.points().stream()
                                .map(point ->
                                        curve.kind() + " " + curve.object() + " " + point.time() + " " + point.value()))
                        .toList());
        assertEquals(
                List.of(),
                picture.lanes().get(0).dots().stream()
                        .filter(dot -> dot.kind().equals("PROCESSOR_TIME"))
                        .toList());
    }

    @Test
    void of_processThatWasBootedAhead_isNotThoughtToUseMoreThanThereIs() {
        TimelineObject none = new TimelineObject(0, "", "");
        TimelineProcess other = record.process(101, "other");
        Picture picture = record.add(0, main, EventKind.SET, MadeRecord.EVENT, 0)
                .add(400_000, main, EventKind.PROCESS_STARTED, MadeRecord.child(101, "other"), 101)
                .add(401_000, other, EventKind.PROCESSOR_TIME, none, 100_000_000)
                .add(500_000, main, EventKind.SET, MadeRecord.EVENT, 0)
                .picture();
        assertTrue(
                picture.curves().get(0).points().stream().allMatch(point -> point.value() <= 1000),
                picture.curves().toString());
    }

    /** Two spares boot while nobody looks, and are both given work at 400 ms: none of that was used in the moment of it. */
    @Test
    void of_processesThatWereBootedAhead_togetherUseNoMoreProcessorsThanTheMachineHas() {
        TimelineObject none = new TimelineObject(0, "", "");
        TimelineProcess one = record.process(101, "one");
        TimelineProcess two = record.process(102, "two");
        Picture picture = record.add(0, main, EventKind.PROCESSOR_TIME, none, 0)
                .add(400_000, main, EventKind.PROCESS_STARTED, MadeRecord.child(101, "one"), 101)
                .add(400_000, main, EventKind.PROCESS_STARTED, MadeRecord.child(102, "two"), 102)
                .add(500_000, one, EventKind.PROCESSOR_TIME, none, 120_000_000)
                .add(500_000, two, EventKind.PROCESSOR_TIME, none, 160_000_000)
                .add(500_000, main, EventKind.SET, MadeRecord.EVENT, 0)
                .picture(2);
        assertEquals(
                // 280 ms of processor time in all: the last 100 ms had room for 200 of them.
                List.of("0 0", "300000000 800", "400000000 2000", "500000000 0"),
                picture.curves().get(0).points().stream()
                        .map(point -> point.time() + " " + point.value())
                        .toList());
    }

    /** On a busy machine: what a start costs was used all the way, and not in its last quarter of a second. */
    @Test
    void of_processThatBootedForLong_usesItsTimeAllTheWay() {
        TimelineObject none = new TimelineObject(0, "", "");
        TimelineProcess other = record.process(101, "other");
        Picture picture = record.add(0, main, EventKind.PROCESS_STARTED, MadeRecord.child(101, "other"), 101)
                .add(1_000_000, other, EventKind.PROCESSOR_TIME, none, 300_000_000)
                .add(1_000_000, main, EventKind.SET, MadeRecord.EVENT, 0)
                .picture();
        assertEquals(
                List.of("0 300", "1000000000 0"),
                picture.curves().get(0).points().stream()
                        .map(point -> point.time() + " " + point.value())
                        .toList());
    }

    @Test
    void of_duplexPipe_eachEndCountsForItself() {
        TimelineObject pipe = new TimelineObject(11, "pipe", "");
        TimelineProcess other = record.process(101, "other");
        Picture picture = record.add(0, main, EventKind.MESSAGE_SENT, pipe, 1)
                .add(5, other, EventKind.MESSAGE_RECEIVED, pipe, 1)
                .add(6, other, EventKind.MESSAGE_SENT, pipe, 1)
                .add(9, main, EventKind.MESSAGE_RECEIVED, pipe, 1)
                .picture();
        assertEquals(List.of("MESSAGE 0@0 -> 1@5", "MESSAGE 1@6 -> 0@9"), arrows(picture));
    }

    @Test
    void of_holderKilled_itsBarEndsWithItAndTheLockPassesOn() {
        TimelineProcess holder = record.process(101, "holder");
        TimelineProcess heir = record.process(102, "heir");
        TimelineObject child = MadeRecord.child(101, "holder");
        Picture picture = record.add(0, main, EventKind.PROCESS_STARTED, child, 101)
                .add(5, holder, EventKind.ATTACHED, TimelineObject.NONE, 100)
                .add(10, holder, EventKind.ACQUIRED, MadeRecord.LOCK, 1)
                .add(12, heir, EventKind.WAIT_BEGIN, MadeRecord.LOCK, 1)
                .add(50, main, EventKind.PROCESS_ENDED, child, -9)
                .add(60, heir, EventKind.OWNER_DIED, MadeRecord.LOCK, 101L << 18)
                .add(61, heir, EventKind.ACQUIRED, MadeRecord.LOCK, 1)
                .picture();
        assertEquals(
                List.of("BOOT 0..5 DONE row 0", "HOLD 10..50 DIED row 1"),
                bars(picture.lanes().get(1)));
        assertEquals(-9, picture.processes().get(1).exitCode());
        assertEquals(50_000, picture.processes().get(1).ended());
        assertEquals(List.of("START 0@0 -> 1@0", "DEATH 1@50 -> 2@60"), arrows(picture));
        assertEquals(
                List.of("WAIT 12..61 DONE row 0", "HOLD 61..61 OPEN row 1"),
                bars(picture.lanes().get(2)));
    }

    @Test
    void of_workerThatItsPoolEnds_isNoDeath() {
        TimelineObject dismissed = MadeRecord.child(55, "late");
        TimelineObject killed = MadeRecord.child(56, "killed");
        Picture picture = record.add(0, main, EventKind.PROCESS_STARTED, dismissed, 55)
                .add(1, main, EventKind.PROCESS_STARTED, killed, 56)
                .add(5, main, "procession pool-1", EventKind.PROCESS_DISMISSED, dismissed, 0, "")
                .add(6, main, EventKind.PROCESS_ENDED, dismissed, -9)
                .add(7, main, EventKind.PROCESS_ENDED, killed, -9)
                .picture();
        assertEquals(
                List.of("late -9 dismissed", "killed -9"),
                picture.processes().stream()
                        .skip(1)
                        .map(one -> one.name() + " " + one.exitCode() + (one.dismissed() ? " dismissed" : ""))
                        .toList());
        // The pool's thread, which did nothing else, is no lane.
        assertEquals(3, picture.lanes().size());
        assertEquals(
                List.of("late x", "killed x -9"),
                LaneText.of(picture, 41).stream()
                        .skip(1)
                        .map(line -> line.replaceAll("[ ~]+", " ").strip())
                        .toList());
    }

    @Test
    void of_childThatTakesNoPart_hasALaneAllTheSame() {
        TimelineObject child = MadeRecord.child(55, "outsider");
        Picture picture = record.add(0, main, EventKind.PROCESS_STARTED, child, 55)
                .add(3, main, EventKind.WAIT_BEGIN, child, 0)
                .add(9, main, "procession child keeper", EventKind.PROCESS_ENDED, child, 3, "")
                .add(10, main, EventKind.WAIT_END, child, 0)
                .picture();
        assertEquals(2, picture.lanes().size());
        assertEquals("outsider", picture.processes().get(1).name());
        assertEquals(Picture.NONE, picture.processes().get(1).attached());
        assertEquals(List.of("START 0@0 -> 1@0", "END 1@9 -> 0@10"), arrows(picture));
    }

    @Test
    void of_permits_areGivenBackByAnotherProcessToo() {
        TimelineObject semaphore = new TimelineObject(12, "semaphore", "slots");
        TimelineProcess other = record.process(101, "other");
        Picture picture = record.add(0, main, EventKind.ACQUIRED, semaphore, 2)
                .add(5, main, EventKind.RELEASED, semaphore, 1)
                .add(9, other, EventKind.RELEASED, semaphore, 1)
                .picture();
        assertEquals(List.of("HOLD 0..9 DONE row 1"), bars(picture.lanes().get(0)));
    }

    @Test
    void of_reentrantLock_holdsAreNested() {
        Picture picture = record.add(0, main, EventKind.ACQUIRED, MadeRecord.LOCK, 1)
                .add(1, main, EventKind.ACQUIRED, MadeRecord.LOCK, 1)
                .add(2, main, EventKind.RELEASED, MadeRecord.LOCK, 1)
                .add(3, main, EventKind.RELEASED, MadeRecord.LOCK, 1)
                .picture();
        assertEquals(2, picture.lanes().get(0).bars().size());
        assertEquals(3, picture.lanes().get(0).rows());
    }

    @Test
    void of_tasksAndSpans_endAsTheyDid() {
        TimelineObject task = new TimelineObject(1L << 61 | 1, "task", "read a.js");
        TimelineObject bad = new TimelineObject(1L << 61 | 2, "task", "read b.js");
        TimelineObject cut = new TimelineObject(1L << 61 | 3, "task", "read c.js");
        Picture picture = record.add(0, main, EventKind.TASK_BEGIN, task, 1)
                .add(5, main, EventKind.TASK_END, task, 1)
                .add(6, main, EventKind.TASK_BEGIN, bad, 2)
                .add(7, main, EventKind.TASK_FAILED, bad, 2)
                .add(8, main, EventKind.TASK_BEGIN, cut, 3)
                .add(8, main, "main", EventKind.SPAN_BEGIN, TimelineObject.NONE, 1, "sleep")
                .add(9, main, "main", EventKind.SPAN_END, TimelineObject.NONE, 1, "sleep")
                .picture();
        assertEquals(
                List.of(
                        "TASK 0..5 DONE row 1",
                        "TASK 6..7 FAILED row 1",
                        "SLEEP 8..9 DONE row 0",
                        "TASK 8..9 OPEN row 1"),
                bars(picture.lanes().get(0)));
    }

    @Test
    void of_endsWithoutBegins_areLeftOut() {
        TimelineProcess gone = record.process(101, "gone", false, 9, 0);
        Picture picture = record.add(0, main, EventKind.RELEASED, MadeRecord.LOCK, 1)
                .add(1, main, EventKind.WAIT_END, MadeRecord.EVENT, 0)
                .add(2, main, EventKind.TASK_END, new TimelineObject(1L << 61 | 1, "task", "t"), 1)
                .add(3, main, EventKind.PROCESS_ENDED, MadeRecord.child(77, "unknown"), 0)
                .add(4, main, EventKind.OWNER_DIED, MadeRecord.LOCK, 12345)
                .add(5, main, EventKind.QUEUE_TAKEN, MadeRecord.QUEUE, 3)
                .picture();
        assertEquals(List.of(), bars(picture.lanes().get(0)));
        assertEquals(List.of(), arrows(picture));
        assertEquals(9, picture.lost());
        assertEquals(gone.pid(), picture.processes().get(1).pid());
        assertEquals(false, picture.processes().get(1).readable());
    }
}
