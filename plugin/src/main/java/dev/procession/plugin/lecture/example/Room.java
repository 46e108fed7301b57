package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Notebook;
import dev.procession.plugin.lecture.Stage;
import dev.procession.plugin.lecture.StartingGate;
import dev.procession.process.ChildProcess;
import dev.procession.sync.ProcessSemaphore;
import dev.procession.sync.SemaphoreOptions;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/** The room of 09. Its permits are leased: a permit belongs to who acquired it, and comes back when that one dies. */
class Room implements Serializable {
    private static final long serialVersionUID = 1L;

    final ProcessSemaphore semaphore;
    final Occupancy inside;
    private final Notebook notebook;

    Room(Stage stage, int permits) {
        semaphore = ProcessSemaphore.create(stage.session(), "semaphore", permits, SemaphoreOptions.leased());
        inside = new Occupancy(stage.session());
        notebook = stage.notebook();
    }

    /** Runs in the children. */
    void visit(String gate, Duration stay, List<String> names) throws InterruptedException {
        System.out.println("ready");
        StartingGate.await(gate);
        semaphore.acquire();
        try {
            inside.enter();
            notebook.spend("inside", stay);
            tell(names);
            inside.leave();
        } finally {
            semaphore.release();
        }
    }

    /** Looks like any list, and is one in the manager's process: each call travels there. */
    void tell(List<String> names) {
        names.add(ChildProcess.current().name());
    }
}
