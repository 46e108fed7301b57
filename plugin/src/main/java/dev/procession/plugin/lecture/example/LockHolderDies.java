package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.shared.SharedIntArray;
import dev.procession.sync.LockOptions;
import dev.procession.sync.ProcessLock;
import dev.procession.timeline.EventKind;
import dev.procession.timeline.Timeline;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** 04, too: the holder of the lock is killed between two writes. The next one gets the lock, is told, and repairs. */
class LockHolderDies implements Example {
    private static final int HEIRS = 2;

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("killed-holder");
        Pair pair = pair(stage);
        ChildProcess holder = stage.child("Holder", pair::beginAndStay);
        stage.startAndAwait(List.of(holder), "has written one of two");
        List<ChildProcess> heirs = stage.children(HEIRS, "Heir-", number -> pair::bothOneHigher);
        stage.startAndAwait(heirs, "wants the lock");

        stage.say("kills the holder");
        stage.session().mark("kill");
        holder.kill();
        stage.join(heirs);
        String death = "owner died: " + holder.pid();
        stage.check("told", List.of(death), stage.saidOf(death));
        stage.check("repaired", pair.numbers.get(0), pair.numbers.get(1));
        stage.check("went-on", 1 + HEIRS, pair.numbers.get(0));
        Timeline kill = stage.timeline().ofKind(EventKind.MARK);
        Timeline handedOver = stage.timeline().ofObject("pair").ofKind(EventKind.OWNER_DIED);
        stage.measured("handed-over", kill, handedOver, Duration.ZERO, Duration.ofMillis(300));
    }

    Pair pair(Stage stage) {
        return new Pair(stage);
    }

    /** Two numbers that must be equal whenever the lock is free. */
    static class Pair implements Serializable {
        private static final long serialVersionUID = 1L;

        final ProcessLock lock;
        final SharedIntArray numbers;

        Pair(Stage stage) {
            lock = ProcessLock.create(stage.session(), "pair", LockOptions.standard());
            numbers = SharedIntArray.create(stage.session(), 2);
        }

        void beginAndStay() throws InterruptedException {
            lock.lock();
            numbers.getAndAdd(0, 1);
            System.out.println("has written one of two");
            TimeUnit.HOURS.sleep(1); // and never comes back
        }

        void bothOneHigher() {
            System.out.println("wants the lock");
            lock.lock();
            try {
                lock.ownerDeath().ifPresent(death -> repair(death.pid()));
                numbers.getAndAdd(0, 1);
                numbers.getAndAdd(1, 1);
            } finally {
                lock.unlock();
            }
        }

        void repair(long dead) {
            System.out.println("owner died: " + dead);
            numbers.set(1, numbers.get(0));
        }
    }
}
