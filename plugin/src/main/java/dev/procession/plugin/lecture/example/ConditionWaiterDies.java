package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import java.util.ArrayList;
import java.util.List;

/** 08, too: the one that has waited longest is killed. One signal is given, and it goes to one that lives. */
class ConditionWaiterDies implements Example {
    private static final int WAITERS = 3;

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("killed-waiter");
        Start start = new Start(stage, "row");
        List<ChildProcess> waiters = stage.children(WAITERS, "Waiter-", number -> waiter(start));
        for (int i = 0; i < WAITERS; i++) {
            int waiting = i + 1;
            waiters.get(i).start();
            stage.until(waiting + " wait", () -> start.waiters() == waiting); // one after another: the order is known
        }
        ChildProcess victim = waiters.get(0);
        stage.say("kills " + victim.name());
        victim.kill();
        victim.join();

        signalOne(start);
        waiters.get(1).join();
        String third = stillWaits(waiters.get(2)) ? "still waits" : "was woken, too";
        stage.check("goes-to-the-living", "one was woken, the third still waits", "one was woken, the third " + third);
        signalOne(start);
        waiters.get(2).join();
        List<Integer> codes = new ArrayList<>(stage.codes(waiters));
        stage.check("nobody-hangs", List.of(ExitCodes.KILLED, 0, 0), codes);
    }

    /** Runs in the children. */
    @SuppressWarnings("WaitNotInLoop") // it counts signals, and is about nothing else
    static void awaitOneSignal(Start start) throws InterruptedException {
        System.out.println("waits");
        start.lock.lock();
        try {
            start.condition.await();
            System.out.println("woken");
        } finally {
            start.lock.unlock();
        }
    }

    ChildTask waiter(Start start) {
        return () -> awaitOneSignal(start);
    }

    boolean stillWaits(ChildProcess third) throws InterruptedException {
        return third.isAlive();
    }

    void signalOne(Start start) {
        start.lock.lock();
        try {
            start.condition.signal();
        } finally {
            start.lock.unlock();
        }
    }
}
