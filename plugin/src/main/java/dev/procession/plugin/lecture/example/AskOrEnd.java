package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Line;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.sync.ProcessEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** 06, too: a set flag asks the child to stop, terminate() ends it. One finishes its work, the other one is cut off in it. */
class AskOrEnd implements Example {
    private static final String END = "End program, after join";

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("ask-or-end");
        ProcessEvent stop = ProcessEvent.create(stage.session(), "please-stop");
        Duration piece = stage.wait(Duration.ofMillis(200));
        ChildProcess asked = stage.child("Asked", () -> workUntilAsked(stop, piece));
        ChildProcess ended = stage.child("Ended", () -> workUntilAsked(stop, Duration.ofHours(1)));
        stage.startAndAwait(List.of(asked, ended), "begins a piece");
        stop(stop, asked, ended);
        end(stage, stop, List.of(asked, ended));

        List<String> lines = stage.printedBy(asked);
        String last = lines.get(lines.size() - 1) + ", code " + asked.exitCode().orElseThrow();
        stage.check("asked-finishes", "has finished it, code 0", last);
        String cut = stage.printedBy(ended) + ", code " + ended.exitCode().orElseThrow();
        stage.check("ended-is-cut", "[begins a piece], code -15", cut);
        List<Line> all = stage.lines();
        stage.check("end-after-join", END, all.get(all.size() - 1).text());
    }

    /** Runs in the child. */
    static void workUntilAsked(ProcessEvent stop, Duration piece) throws InterruptedException {
        while (!stop.isSet()) {
            System.out.println("begins a piece");
            TimeUnit.NANOSECONDS.sleep(piece.toNanos());
            System.out.println("has finished it");
        }
    }

    void stop(ProcessEvent stop, ChildProcess asked, ChildProcess ended) {
        ended.terminate();
        stop.set();
    }

    /** join() returns when a process has ended, and all that it printed has come: nothing is printed after "End program". */
    void end(Stage stage, ProcessEvent stop, List<ChildProcess> children) throws InterruptedException {
        stage.join(children);
        stage.say(END);
    }
}
