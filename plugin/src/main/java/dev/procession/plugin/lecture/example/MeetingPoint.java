package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Notebook;
import dev.procession.plugin.lecture.Stage;
import dev.procession.shared.SharedInt;
import dev.procession.sync.ProcessBarrier;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;

/** Where the processes of 10 wait for each other. */
class MeetingPoint implements Serializable {
    private static final long serialVersionUID = 1L;

    final ProcessBarrier barrier;

    /** Witnesses outside the barrier: who has come, who has passed, and who has passed before its group was complete. */
    final SharedInt arrived;

    final SharedInt passed;
    final SharedInt early;
    private final int parties;
    private final Notebook notebook;
    private final Duration step;

    MeetingPoint(Stage stage, int parties) {
        this.barrier = ProcessBarrier.create(stage.session(), parties);
        this.arrived = SharedInt.create(stage.session(), 0);
        this.passed = SharedInt.create(stage.session(), 0);
        this.early = SharedInt.create(stage.session(), 0);
        this.parties = parties;
        this.notebook = stage.notebook();
        this.step = stage.wait(Duration.ofMillis(200)).dividedBy(4);
    }

    /** Runs in the children. They come at different times. */
    void meet(int number) throws InterruptedException, BrokenBarrierException {
        notebook.spend("on the way", step.multipliedBy(number % parties));
        arrived.incrementAndGet();
        int index = barrier.await();
        pass();
        tell(index);
    }

    void tell(int index) {
        System.out.println("index " + index);
    }

    /** Whoever passes as the sixth belongs, or comes behind one who belongs, to the second group: ten must be there. */
    void pass() {
        int group = (passed.getAndIncrement() + parties) / parties;
        if (arrived.get() < group * parties) {
            early.incrementAndGet();
        }
    }
}
