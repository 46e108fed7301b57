package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Line;
import dev.procession.plugin.lecture.Notebook;
import dev.procession.plugin.lecture.Stage;
import dev.procession.plugin.lecture.StartingGate;
import dev.procession.process.ChildProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** 03: join() blocks until the child has ended. Five children sleep at the same time, and main waits for all of them. */
class Join implements Example {
    private static final int CHILDREN = 5;
    private static final Duration NAP = Duration.ofMillis(500);
    private static final String END = "End program";

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("with-join");
        StartingGate gate = stage.gate();
        long nap = stage.wait(NAP).toMillis();
        List<ChildProcess> children = new ArrayList<>();
        for (int i = 1; i <= CHILDREN; i++) {
            children.add(sleeper(stage, i, gate.path(), nap));
        }
        for (ChildProcess child : children) {
            child.start();
        }
        for (ChildProcess child : children) {
            stage.await(child, "ready");
        }
        // All wait at the gate, so none can end: a join() with a timeout gives up, and says so.
        stage.check("timeout", false, joinBriefly(children.get(0), gate));

        gate.open();
        finish(stage, children);
        // From the gate on: how far apart the JVMs came up is the machine's, not join()'s.
        long total = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - gate.openedNanos());
        stage.check("waited", total >= nap, ">= " + nap + " ms", total + " ms");
        stage.check("together", total < CHILDREN * nap, "< " + CHILDREN * nap + " ms", total + " ms");
        Duration usual = stage.wait(NAP);
        stage.measured("total", TimeUnit.MILLISECONDS.toNanos(total), usual, usual.plusMillis(100));

        List<String> order = new ArrayList<>(Collections.nCopies(CHILDREN, "awake"));
        order.add(END);
        List<String> seen =
                stage.lines().stream().map(Line::text).filter(order::contains).toList();
        stage.check("end-is-last", order, seen);
    }

    /** Runs in the child. */
    static void sleep(String gate, Duration nap, Notebook notebook) throws InterruptedException {
        System.out.println("ready");
        StartingGate.await(gate);
        notebook.spend("sleep", nap);
        System.out.println("awake");
    }

    ChildProcess sleeper(Stage stage, int number, String gate, long nap) {
        Notebook notebook = stage.notebook();
        return stage.child("Sleeper-" + number, () -> sleep(gate, Duration.ofMillis(nap), notebook));
    }

    boolean joinBriefly(ChildProcess child, StartingGate closed) throws Exception {
        return child.join(Duration.ofMillis(50));
    }

    void finish(Stage stage, List<ChildProcess> children) throws InterruptedException {
        for (ChildProcess child : children) {
            child.join();
        }
        stage.say(END);
    }
}
