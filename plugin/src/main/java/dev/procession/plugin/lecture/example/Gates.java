package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Notebook;
import dev.procession.plugin.lecture.Stage;
import dev.procession.shared.SharedInt;
import dev.procession.sync.ProcessEvent;
import java.io.Serializable;
import java.time.Duration;

/** What main and the worker of 07 share. */
class Gates implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Set: work. Clear: wait. */
    final ProcessEvent running;

    /** Set: end. It is never cleared. */
    final ProcessEvent stop;

    /** The worker's answer to a clear: it does nothing now. */
    final ProcessEvent idle;

    final SharedInt pieces;
    private final Notebook notebook;
    private final Duration piece;

    Gates(Stage stage) {
        running = ProcessEvent.create(stage.session(), "running");
        stop = ProcessEvent.create(stage.session(), "stop");
        idle = ProcessEvent.create(stage.session(), "idle");
        pieces = SharedInt.create(stage.session(), 0);
        notebook = stage.notebook();
        piece = stage.wait(Duration.ofMillis(300)).dividedBy(5);
    }

    /** Runs in the child. It sleeps at the gate, and is through it the moment it opens: nothing is looked at once a second. */
    void work() throws InterruptedException {
        while (true) {
            passGate();
            if (stop.isSet()) {
                return;
            }
            notebook.spend("work", piece);
            done(pieces.incrementAndGet());
        }
    }

    void done(int number) {
        System.out.println("piece " + number);
    }

    void passGate() throws InterruptedException {
        if (!running.isSet()) {
            idle.set();
            running.await();
            idle.clear();
        }
    }
}
