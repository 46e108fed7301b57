package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Stage;
import dev.procession.shared.SharedBoolean;
import dev.procession.shared.SharedInt;
import dev.procession.sync.LockOptions;
import dev.procession.sync.ProcessCondition;
import dev.procession.sync.ProcessLock;
import java.io.Serializable;

/** What the processes of 08 share: a lock, a condition of it, and what the condition is about, which the lock guards. */
class Start implements Serializable {
    private static final long serialVersionUID = 1L;

    final ProcessLock lock;
    final ProcessCondition condition;
    final SharedBoolean open;

    /** Witnesses: steps that are lost unless they are taken one after another, and who went while it was open. */
    final Tally order;

    final SharedInt sawOpen;

    Start(Stage stage, String name) {
        lock = ProcessLock.create(stage.session(), "lock of " + name, LockOptions.standard());
        condition = ProcessCondition.create(stage.session(), name, lock);
        open = SharedBoolean.create(stage.session(), false);
        order = new Tally(stage.session());
        sawOpen = SharedInt.create(stage.session(), 0);
    }

    /** Runs in the children: waits until it is open, however often it is woken, and however late it came. */
    @SuppressWarnings("WaitNotInLoop") // the loop is in awaitUntil()
    void awaitAndGo(String word) throws InterruptedException {
        System.out.println("waits");
        lock.lock();
        try {
            condition.awaitUntil(open::get);
            if (open.get()) {
                sawOpen.incrementAndGet();
            }
            order.step();
            System.out.println(word);
        } finally {
            lock.unlock();
        }
    }

    /** Changes what the others wait for, and wakes them; both with the lock held, so that nobody can miss it. */
    void giveSignal() {
        lock.lock();
        try {
            open.set(true);
            order.step();
            condition.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int waiters() {
        lock.lock();
        try {
            return condition.waiters();
        } finally {
            lock.unlock();
        }
    }
}
