package dev.procession.plugin.lecture.example;

import dev.procession.channel.EndOfPipeException;
import dev.procession.channel.PipeEnd;
import dev.procession.channel.ProcessPipe;
import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Notebook;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import dev.procession.timeline.EventKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** 14: eight requests and eight replies. The worker asks nobody when to end: its pipe ends when nobody has the other end. */
class DuplexPipe implements Example {
    private static final List<Integer> REQUESTS =
            IntStream.rangeClosed(1, 8).boxed().toList();

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("replies");
        ProcessPipe<Integer> pipe = ProcessPipe.duplex(stage.session());
        ChildProcess worker = stage.child("Worker", working(pipe.second(), stage.notebook()));
        worker.start();
        pipe.second().close(); // the child has its own
        List<Integer> replies = new ArrayList<>();
        for (int request : REQUESTS) {
            pipe.first().send(request);
            replies.add(pipe.first().receive(Duration.ofSeconds(20)));
        }
        stage.say("replies " + replies);
        stage.session().mark("close");
        pipe.first().close();
        boolean ended = worker.join(Duration.ofSeconds(20));
        stage.check("eight-replies", REQUESTS.stream().map(x -> x * x).toList(), replies);
        stage.check("ends-by-itself", List.of("the pipe has ended after 8"), stage.printedBy(worker));
        stage.check(
                "worker-is-good", ended ? 0 : "still running", worker.exitCode().orElse(-1));
        stage.measured(
                "end-seen",
                stage.timeline().ofKind(EventKind.MARK),
                stage.timeline().ofProcess(worker.pid()).ofKind(EventKind.MARK),
                Duration.ZERO,
                Duration.ofMillis(100));
    }

    ChildTask working(PipeEnd<Integer> end, Notebook notebook) {
        return () -> {
            int done = answerAll(end);
            notebook.mark("end");
            System.out.println("the pipe has ended after " + done);
        };
    }

    /** Runs in the child. */
    static int answerAll(PipeEnd<Integer> end) throws Exception {
        int done = 0;
        try {
            while (true) {
                int request = end.receive();
                end.send(request * request);
                done++;
            }
        } catch (EndOfPipeException e) {
            return done;
        }
    }
}
