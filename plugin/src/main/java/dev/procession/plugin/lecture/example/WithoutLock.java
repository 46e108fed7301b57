package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import dev.procession.shared.SharedInt;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** 04, too: the same without a lock. Both processes read 0, both write 1: two steps, and the counter shows one. */
class WithoutLock implements Example {
    private static final int CHILDREN = 2;

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("without-lock");
        SharedInt counter = SharedInt.create(stage.session(), "unguarded", 0);
        SharedInt readers = SharedInt.create(stage.session(), 0);
        List<ChildProcess> hasty = stage.children(CHILDREN, "Hasty-", number -> step(counter, readers));
        stage.start(hasty);
        stage.join(hasty);
        stage.check("lost-step", CHILDREN + " steps, counter 1", CHILDREN + " steps, counter " + counter.get());
    }

    /** Runs in the children: {@code counter += 1}, which is three steps, and in the worst case everybody is in the second. */
    static void stepTogether(SharedInt counter, SharedInt readers) throws InterruptedException {
        int number = counter.get();
        readers.incrementAndGet();
        while (readers.get() < CHILDREN) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        counter.set(number + 1);
        System.out.println("read " + number + ", wrote " + (number + 1));
    }

    ChildTask step(SharedInt counter, SharedInt readers) {
        return () -> stepTogether(counter, readers);
    }
}
