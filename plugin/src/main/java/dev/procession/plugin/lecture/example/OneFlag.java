package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Notebook;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.shared.SharedInt;
import dev.procession.sync.ProcessEvent;
import dev.procession.timeline.EventKind;
import java.time.Duration;

/** 07, too: one flag for two things. Set means pause, clear means go on - and how would one say "end"? */
class OneFlag implements Example {
    private static final int LOOKS = 2;

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("one-flag");
        ProcessEvent paused = ProcessEvent.create(stage.session(), "paused");
        SharedInt looks = SharedInt.create(stage.session(), 0);
        Duration period = stage.wait(Duration.ofMillis(200));
        Notebook notebook = stage.notebook();
        ChildProcess worker = stage.child("Worker-2", () -> lookAgainAndAgain(paused, looks, period, notebook));
        paused.set();
        worker.start();
        stage.until("looks in vain", () -> looks.get() >= LOOKS);
        paused.clear();
        stage.await(worker, "works");
        String asked = end(worker);

        stage.check("only-by-force", "code -15", asked);
        stage.measured(
                "resume-late",
                stage.timeline().ofObject("paused").ofKind(EventKind.CLEARED),
                stage.timeline().ofProcess(worker.pid()).ofKind(EventKind.MARK),
                Duration.ZERO,
                period.plusMillis(20));
    }

    /** Runs in the child, for ever: both states of the flag are taken. */
    static void lookAgainAndAgain(ProcessEvent paused, SharedInt looks, Duration period, Notebook notebook)
            throws InterruptedException {
        while (true) {
            if (paused.isSet()) {
                System.out.println("looks in vain: " + looks.incrementAndGet());
            } else {
                notebook.mark("works");
                System.out.println("works");
            }
            notebook.spend("sleep", period);
        }
    }

    String end(ChildProcess worker) throws InterruptedException {
        worker.terminate();
        worker.join();
        return "code " + worker.exitCode().orElseThrow();
    }
}
