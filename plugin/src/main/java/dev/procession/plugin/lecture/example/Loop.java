package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Notebook;
import dev.procession.plugin.lecture.Stage;
import dev.procession.shared.SharedInt;
import dev.procession.sync.ProcessEvent;
import java.io.Serializable;
import java.time.Duration;

/** The two loops of 06, as they run in the children. Both work once in a period, until the flag is set. */
class Loop implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Both loops wait for it, so that they begin at the same moment. */
    final ProcessEvent begin;

    /** How often it has begun to sleep or to wait. */
    final SharedInt rounds;

    /** How often it has begun to work. */
    final SharedInt worked;

    private final SharedInt workedWhenSeen;
    private final Notebook notebook;
    private final Duration period;

    Loop(Stage stage, ProcessEvent begin, Duration period) {
        this.begin = begin;
        this.rounds = SharedInt.create(stage.session(), 0);
        this.worked = SharedInt.create(stage.session(), 0);
        this.workedWhenSeen = SharedInt.create(stage.session(), 0);
        this.notebook = stage.notebook();
        this.period = period;
    }

    /** The usual one. The flag is looked at once in a period, after the work: it may have been set for a whole period. */
    void sleepWorkLook(ProcessEvent stop) throws InterruptedException {
        ready();
        do {
            rounds.incrementAndGet();
            notebook.spend("sleep", period);
            work();
        } while (!stop.isSet());
        seen();
    }

    /** The better one: the flag itself is what it sleeps on. Only a wait that has timed out is followed by work. */
    void waitOrWork(ProcessEvent stop) throws InterruptedException {
        ready();
        rounds.incrementAndGet();
        while (!stop.await(period)) {
            work();
            rounds.incrementAndGet();
        }
        seen();
    }

    private void ready() throws InterruptedException {
        System.out.println("ready");
        begin.await();
    }

    void work() {
        System.out.println("work " + worked.incrementAndGet());
    }

    void seen() {
        notebook.mark("sees the stop");
        workedWhenSeen.set(worked.get());
        System.out.println("sees the stop");
    }

    /** How many pieces of work were begun after the stop was seen. */
    int afterSeen() {
        return worked.get() - workedWhenSeen.get();
    }
}
