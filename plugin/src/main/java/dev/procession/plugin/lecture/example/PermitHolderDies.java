package dev.procession.plugin.lecture.example;

import dev.procession.OwnerDeath;
import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import dev.procession.sync.ProcessSemaphore;
import dev.procession.sync.SemaphoreOptions;
import dev.procession.timeline.EventKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** 09, too: a holder of a permit is killed. A leased permit comes back, a counted one is lost for ever. */
class PermitHolderDies implements Example {
    private static final int PERMITS = 3;

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("killed-holder");
        ProcessSemaphore leased =
                ProcessSemaphore.create(stage.session(), "leased", PERMITS, SemaphoreOptions.leased());
        ProcessSemaphore counted =
                ProcessSemaphore.create(stage.session(), "counted", PERMITS, SemaphoreOptions.counting());
        ChildProcess holder = stage.child("Holder", holder(leased, counted));
        stage.startAndAwait(List.of(holder), "holds one of each");
        ChildProcess waiter = stage.child("Waiter", waiter(leased));
        stage.startAndAwait(List.of(waiter), "wants all three");

        stage.say("kills the holder");
        stage.session().mark("kill");
        holder.kill();
        waiter.join();
        stage.check("comes-back", List.of("wants all three", "has all three"), stage.printedBy(waiter));
        List<Long> dead = leased.ownerDeaths().stream().map(OwnerDeath::pid).toList();
        stage.check("known-who", List.of(holder.pid()), dead);
        stage.check("counted-is-lost", PERMITS - 1, counted.availablePermits());
        stage.measured(
                "permit-back",
                stage.timeline().ofKind(EventKind.MARK),
                stage.timeline().ofProcess(waiter.pid()).ofKind(EventKind.ACQUIRED),
                Duration.ZERO,
                Duration.ofMillis(300));
    }

    /** Runs in the child. */
    static void acquireAndStay(ProcessSemaphore leased, ProcessSemaphore counted) throws InterruptedException {
        leased.acquire();
        counted.acquire();
        System.out.println("holds one of each");
        TimeUnit.HOURS.sleep(1);
    }

    /** Runs in the child. */
    static void acquireAll(ProcessSemaphore leased) throws InterruptedException {
        System.out.println("wants all three");
        if (leased.tryAcquire(PERMITS, Duration.ofSeconds(10))) {
            System.out.println("has all three");
            leased.release(PERMITS);
        }
    }

    ChildTask waiter(ProcessSemaphore leased) {
        return () -> acquireAll(leased);
    }

    ChildTask holder(ProcessSemaphore leased, ProcessSemaphore counted) {
        return () -> acquireAndStay(leased, counted);
    }
}
