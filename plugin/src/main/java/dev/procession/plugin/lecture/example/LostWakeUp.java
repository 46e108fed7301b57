package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import java.time.Duration;
import java.util.List;

/** 08, too: the master is first, and nobody waits yet. The signal is lost; only what it was about can still be seen. */
class LostWakeUp implements Example {

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("signal-first");
        Start start = new Start(stage, "early");
        Duration patience = stage.wait(Duration.ofMillis(300));
        start.giveSignal();
        stage.say("has signalled, and nobody was there");
        ChildProcess bare = stage.child("Bare", bare(start, patience));
        ChildProcess asking = stage.child("Asking", asking(start));
        stage.start(List.of(bare, asking));
        stage.join(List.of(bare, asking));

        stage.check("lost", List.of("waits", "no signal came"), stage.printedBy(bare));
        stage.check("late-but-goes", List.of("waits", "goes at once"), stage.printedBy(asking));
    }

    /** Runs in the child: waits for the signal alone. Without the time-out it would sleep for ever. */
    @SuppressWarnings("WaitNotInLoop") // the mistake that is to be seen
    static void awaitBare(Start start, Duration patience) throws InterruptedException {
        System.out.println("waits");
        start.lock.lock();
        try {
            System.out.println(start.condition.await(patience) ? "woken" : "no signal came");
        } finally {
            start.lock.unlock();
        }
    }

    ChildTask bare(Start start, Duration patience) {
        return () -> awaitBare(start, patience);
    }

    ChildTask asking(Start start) {
        return () -> start.awaitAndGo("goes at once");
    }
}
