package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import java.util.ArrayList;
import java.util.List;

/** 08: three workers wait for the master's signal, each for something to be true. None of them goes before it is. */
class AwaitSignal implements Example {
    private static final int WORKERS = 3;

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("predicate");
        Start start = start(stage);
        List<ChildProcess> workers = stage.children(WORKERS, "Worker-", number -> () -> start.awaitAndGo("go"));
        stage.startAndAwait(workers, "waits");
        stage.until("all wait", () -> start.waiters() == WORKERS);

        stage.say("signals all");
        start.giveSignal();
        stage.join(workers);
        List<String> order = new ArrayList<>(List.of("signals all", "go", "go", "go"));
        stage.check("after-signal", order, stage.saidOf("signals all", "go"));
        // The witness: a number that is counted on under the lock. The master took 1, whoever goes takes the next.
        stage.check("one-after-another", 1 + WORKERS, start.order.count());
        stage.check("saw-it", WORKERS, start.sawOpen.get());
    }

    Start start(Stage stage) {
        return new Start(stage, "start");
    }

    @Override
    public List<Class<?>> readWith() {
        return List.of(Start.class);
    }
}
