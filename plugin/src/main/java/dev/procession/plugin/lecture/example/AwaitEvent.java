package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import dev.procession.shared.SharedInt;
import dev.procession.sync.ProcessEvent;
import dev.procession.timeline.EventKind;
import dev.procession.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** 05: one process waits for an event however long it takes; another one waits in portions, and does other things between. */
class AwaitEvent implements Example {
    private static final int TIMEOUTS = 4;

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("two-waits");
        ProcessEvent event = ProcessEvent.create(stage.session(), "event");
        SharedInt timeouts = SharedInt.create(stage.session(), 0);
        Duration portion = stage.wait(Duration.ofMillis(600)).dividedBy(TIMEOUTS);
        ChildProcess blocked = stage.child("Blocked", waiting(event));
        ChildProcess polling = stage.child("Polling", waitingInPortions(event, portion, timeouts));
        stage.startAndAwait(List.of(blocked, polling), "waits");
        stage.until("4 timeouts", () -> timeouts.get() >= TIMEOUTS);

        stage.say("sets the event");
        event.set();
        stage.join(List.of(blocked, polling));
        stage.check("woken", List.of("sets the event", "woken", "woken"), stage.saidOf("sets the event", "woken"));
        List<String> results = new ArrayList<>(List.of("waits"));
        for (int i = 1; i <= timeouts.get(); i++) {
            results.add("timeout " + i);
        }
        results.add("woken");
        boolean good = timeouts.get() >= TIMEOUTS && stage.printedBy(polling).equals(results);
        stage.check("timeouts", good, "at least " + TIMEOUTS + ": " + results, stage.printedBy(polling));
        Timeline record = stage.timeline().ofObject("event");
        stage.measured(
                "wake",
                record.ofKind(EventKind.SET),
                record.ofProcess(blocked.pid()).ofKind(EventKind.WAIT_END),
                Duration.ZERO,
                Duration.ofMillis(50));
    }

    /** Runs in the child. */
    static void await(ProcessEvent event) throws InterruptedException {
        System.out.println("waits");
        event.await();
        System.out.println("woken");
    }

    /** Runs in the child. What await() returns tells whether the event has come, or only the end of the time. */
    static void awaitInPortions(ProcessEvent event, Duration portion, SharedInt timeouts) throws InterruptedException {
        System.out.println("waits");
        while (!event.await(portion)) {
            System.out.println("timeout " + timeouts.incrementAndGet());
        }
        System.out.println("woken");
    }

    ChildTask waiting(ProcessEvent event) {
        return () -> await(event);
    }

    ChildTask waitingInPortions(ProcessEvent event, Duration portion, SharedInt timeouts) {
        return () -> awaitInPortions(event, portion, timeouts);
    }
}
