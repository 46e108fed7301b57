package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import dev.procession.sync.ProcessEvent;
import dev.procession.timeline.EventKind;
import java.time.Duration;
import java.util.List;

/** 05, too: one of three that wait is killed. Setting the event waits for nobody, and the other two are woken. */
class EventWaiterDies implements Example {
    private static final int WAITERS = 3;

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("killed-waiter");
        ProcessEvent event = ProcessEvent.create(stage.session(), "signal");
        List<ChildProcess> waiters = stage.children(WAITERS, "Waiter-", number -> waiting(event));
        stage.startAndAwait(waiters, "waits");
        stage.until("all wait", () -> waits(stage) == WAITERS);

        ChildProcess victim = waiters.get(1);
        stage.say("kills " + victim.name());
        victim.kill();
        victim.join();
        long begin = System.nanoTime();
        event.set();
        stage.measured("set", System.nanoTime() - begin, Duration.ZERO, Duration.ofMillis(1));
        stage.join(waiters);
        List<String> expected = List.of("waits", "woken", "waits", "waits", "woken");
        stage.check("others-woken", expected, stage.printedBy(waiters));
    }

    private static int waits(Stage stage) {
        return stage.timeline()
                .ofObject("signal")
                .ofKind(EventKind.WAIT_BEGIN)
                .events()
                .size();
    }

    ChildTask waiting(ProcessEvent event) {
        return () -> AwaitEvent.await(event);
    }
}
