package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import dev.procession.sync.BarrierOptions;
import dev.procession.sync.ProcessBarrier;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;

/** 10, too: four come where five are awaited, as with nine processes and groups of five. A limit saves them from for ever. */
class BarrierTooFew implements Example {
    private static final int PARTIES = 5;

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("too-few");
        BarrierOptions options = BarrierOptions.standard().timeout(stage.wait(Duration.ofMillis(300)));
        ProcessBarrier barrier = ProcessBarrier.create(stage.session(), "too-few", PARTIES, options);
        List<ChildProcess> walkers = stage.children(PARTIES - 1, "Early-", number -> walker(barrier));
        stage.start(walkers);
        stage.join(walkers);
        stage.check("gave-up", Collections.nCopies(PARTIES - 1, "not all came"), stage.printedBy(walkers));
    }

    /** Runs in the children. The first whose time is over breaks the barrier for all. */
    static void meet(ProcessBarrier barrier) throws InterruptedException {
        try {
            barrier.await();
            System.out.println("passed");
        } catch (BrokenBarrierException e) {
            System.out.println("not all came");
        }
    }

    ChildTask walker(ProcessBarrier barrier) {
        return () -> meet(barrier);
    }
}
