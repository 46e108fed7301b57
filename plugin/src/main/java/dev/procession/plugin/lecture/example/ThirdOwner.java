package dev.procession.plugin.lecture.example;

import dev.procession.channel.PipeEnd;
import dev.procession.channel.ProcessPipe;
import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** 14, too, and how it goes wrong: a third process has an end, so the pipe does not end. When that process dies, it does. */
class ThirdOwner implements Example {

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("third-owner");
        ProcessPipe<Integer> pipe = ProcessPipe.duplex(stage.session());
        PipeEnd<Integer> theirs = pipe.second();
        ChildProcess worker = stage.child("Server", () -> DuplexPipe.answerAll(theirs));
        ChildProcess keeper = stage.child("Keeper", keeping(pipe.first()));
        stage.startAndAwait(List.of(keeper), "has an end, too");
        worker.start();
        theirs.close();
        pipe.first().send(3);
        stage.say("reply " + pipe.first().receive(Duration.ofSeconds(20)));
        pipe.first().close();
        boolean over = worker.join(stage.wait(Duration.ofMillis(300)));
        stage.say("main has closed its end; the worker " + (over ? "has ended" : "still waits"));
        stage.check("kept-open", false, over);

        stage.say("kills the keeper");
        kill(keeper);
        stage.check("ends-with-the-last", true, worker.join(Duration.ofSeconds(5)));
    }

    ChildTask keeping(PipeEnd<Integer> end) {
        return () -> {
            System.out.println("has an end, too");
            TimeUnit.HOURS.sleep(1);
            end.close(); // never: so long it is in use
        };
    }

    void kill(ChildProcess keeper) {
        keeper.kill();
    }
}
