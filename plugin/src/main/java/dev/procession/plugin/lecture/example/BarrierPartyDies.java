package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import dev.procession.sync.BarrierOptions;
import dev.procession.sync.ProcessBarrier;
import dev.procession.timeline.EventKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;

/** 10, too: one of three is killed on its way. The others do not wait for the dead: the barrier breaks, and says who it was. */
class BarrierPartyDies implements Example {
    private static final int PARTIES = 3;

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("killed-party");
        ProcessBarrier barrier = ProcessBarrier.create(stage.session(), "three", PARTIES, BarrierOptions.standard());
        ChildProcess victim = stage.child("Victim", () -> registerAndDawdle(barrier));
        List<ChildProcess> others = stage.children(PARTIES - 1, "Party-", number -> walker(barrier));
        stage.startAndAwait(List.of(victim), "will come");
        stage.startAndAwait(others, "will come");
        stage.until("the others wait", () -> barrier.getNumberWaiting() == PARTIES - 1);

        stage.say("kills the victim");
        stage.session().mark("kill");
        kill(victim, barrier);
        stage.join(others);
        List<String> expected = List.of("will come", "broken", "will come", "broken");
        stage.check("broken-for-all", expected, stage.printedBy(others));
        long dead = barrier.ownerDeath().map(death -> death.pid()).orElse(0L);
        stage.check("named", victim.pid(), dead);
        stage.measured(
                "breaks",
                stage.timeline().ofKind(EventKind.MARK),
                stage.timeline().ofObject("three").ofKind(EventKind.BARRIER_BROKEN),
                Duration.ZERO,
                Duration.ofSeconds(1));
    }

    /** Runs in the child: has promised to come, and does not. */
    static void registerAndDawdle(ProcessBarrier barrier) throws InterruptedException {
        barrier.register();
        System.out.println("will come");
        TimeUnit.HOURS.sleep(1);
    }

    /** Runs in the children. */
    static void meet(ProcessBarrier barrier) throws InterruptedException {
        barrier.register();
        System.out.println("will come");
        try {
            barrier.await();
            System.out.println("passed");
        } catch (BrokenBarrierException e) {
            System.out.println("broken");
        }
    }

    ChildTask walker(ProcessBarrier barrier) {
        return () -> meet(barrier);
    }

    void kill(ChildProcess victim, ProcessBarrier barrier) {
        victim.kill();
    }
}
