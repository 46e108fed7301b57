package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.timeline.EventKind;
import dev.procession.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** 07: a worker that can be paused, resumed and stopped. Two events, each with one meaning: "running" and "stop". */
class PauseAndResume implements Example {
    private static final int PIECES = 3;
    private static final int PAUSES = 2;

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("two-gates");
        Gates gates = gates(stage);
        ChildProcess worker = stage.child("Worker", gates::work);
        worker.start();
        List<Integer> inPauses = new ArrayList<>();
        int before = 0;
        for (int pause = 0; pause < PAUSES; pause++) {
            int from = before;
            stage.say("running: set");
            gates.running.set();
            stage.until(PIECES + " more pieces", () -> gates.pieces.get() >= from + PIECES);

            stage.say("running: clear");
            gates.running.clear();
            gates.idle.await(); // the piece that had begun is finished first
            before = gates.pieces.get();
            TimeUnit.NANOSECONDS.sleep(stage.wait(Duration.ofMillis(300)).toNanos());
            int after = gates.pieces.get();
            inPauses.add(after - before);
            before = after;
        }
        gates.stop.set();
        gates.running.set(); // a worker that is paused must hear of it, too
        worker.join();

        stage.check("none-while-paused", Collections.nCopies(PAUSES, 0), inPauses);
        List<String> each = IntStream.rangeClosed(1, before)
                .mapToObj(number -> "piece " + number)
                .toList();
        stage.check("each-once", each, stage.printedBy(worker));
        stage.check(
                "stopped",
                "0 more pieces, code 0",
                gates.pieces.get() - before + " more pieces, code "
                        + worker.exitCode().orElseThrow());
        Timeline record = stage.timeline().ofObject("running");
        stage.measured(
                "resume",
                record.ofKind(EventKind.SET),
                record.ofProcess(worker.pid()).ofKind(EventKind.WAIT_END),
                Duration.ZERO,
                Duration.ofMillis(1));
    }

    Gates gates(Stage stage) {
        return new Gates(stage);
    }

    @Override
    public List<Class<?>> readWith() {
        return List.of(Gates.class);
    }
}
