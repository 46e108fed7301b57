package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.sync.ProcessEvent;
import dev.procession.timeline.EventKind;
import dev.procession.timeline.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** 06: one flag, two loops. One sleeps, works and then looks; the other one waits for the flag itself. Which stops sooner? */
class StopFlag implements Example {
    private static final String END = "End program";

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it but a measurement
    public void play(Stage stage) throws Exception {
        stage.part("two-loops");
        ProcessEvent stop = ProcessEvent.create(stage.session(), "stop");
        Duration period = stage.wait(Duration.ofMillis(400));
        ProcessEvent begin = ProcessEvent.create(stage.session(), "begin");
        Loop looks = looks(stage, begin, period);
        Loop waits = waits(stage, begin, period);
        ChildProcess polling = stage.child("Polling", () -> looks.sleepWorkLook(stop));
        ChildProcess waiting = stage.child("Waiting", () -> waits.waitOrWork(stop));
        stage.startAndAwait(List.of(polling, waiting), "ready");
        TimeUnit.NANOSECONDS.sleep(period.toNanos() / 4); // both are asleep: it is the first time that they are woken
        begin.set();
        stage.until("both have begun", () -> waits.rounds.get() > 2 && looks.rounds.get() > 2);

        // The polling loop has gone to sleep. Here most programs end, and nobody has asked when the children do.
        int round = looks.rounds.get();
        TimeUnit.NANOSECONDS.sleep(period.toNanos() / 2);
        stage.session().mark("set()");
        stop.set();
        Thread.yield(); // else Linux may let main run on first, on the processor of the one that it has woken
        stage.say(END);
        String child = polling.isAlive() ? "child alive" : "child ended";
        boolean asleep = looks.worked.get() < round; // all this while; else main was the one that was late
        StopDelays.draw(stage, waiting, polling);
        stage.join(List.of(polling, waiting));

        String must = "child alive, then 1 line";
        String seen = child + ", then " + linesAfterEnd(stage, polling) + " line";
        stage.check("one-more-line", !asleep || seen.equals(must), must, seen);
        stage.check("none-after-seen", "0 and 0", looks.afterSeen() + " and " + waits.afterSeen());
        stage.check("exit-0", List.of(0, 0), stage.codes(List.of(polling, waiting)));
        Timeline first = stage.timeline().ofObject("begin").ofKind(EventKind.SET);
        Timeline set = stage.timeline().ofObject("stop").ofKind(EventKind.SET);
        Timeline saw = stage.timeline().ofProcess(polling.pid()).ofKind(EventKind.MARK);
        Timeline woke = stage.timeline().ofProcess(waiting.pid()).ofKind(EventKind.WAIT_END);
        stage.measured("polling", set, saw, Duration.ZERO, period.plusMillis(20));
        stage.measured("waiting", set, woke, Duration.ZERO, Duration.ofMillis(1));
        stage.measured("first-wake-up", first, woke, Duration.ZERO, Duration.ofMillis(20));
    }

    private static long linesAfterEnd(Stage stage, ChildProcess child) {
        return stage.lines().stream()
                .dropWhile(line -> !line.text().equals(END))
                .filter(line ->
                        line.process().equals(child.name()) && line.text().startsWith("work"))
                .count();
    }

    Loop looks(Stage stage, ProcessEvent begin, Duration period) {
        return new Loop(stage, begin, period);
    }

    Loop waits(Stage stage, ProcessEvent begin, Duration period) {
        return new Loop(stage, begin, period);
    }

    @Override
    public List<Class<?>> readWith() {
        return List.of(Loop.class, StopDelays.class);
    }
}
