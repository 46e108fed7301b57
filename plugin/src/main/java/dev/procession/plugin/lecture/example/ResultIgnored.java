package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.sync.ProcessEvent;
import java.time.Duration;
import java.util.List;

/** 05, too: who does not look at what the wait returned takes the end of the time for the event, and begins too early. */
class ResultIgnored implements Example {

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("result-ignored");
        ProcessEvent ready = ProcessEvent.create(stage.session(), "ready");
        Duration patience = stage.wait(Duration.ofMillis(200));
        ChildProcess hasty = stage.child("Hasty", () -> beginAnyway(ready, patience));
        meanwhile(ready);
        hasty.start();
        hasty.join();
        stage.check("ignored", List.of("begins; is it ready? false"), stage.printedBy(hasty));
    }

    /** Runs in the child. */
    @SuppressWarnings("CheckReturnValue") // the mistake that is to be seen
    static void beginAnyway(ProcessEvent ready, Duration patience) throws InterruptedException {
        ready.await(patience);
        System.out.println("begins; is it ready? " + ready.isSet());
    }

    /** Nobody sets the event. */
    void meanwhile(ProcessEvent ready) {}
}
