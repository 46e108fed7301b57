package dev.procession.plugin.lecture.example;

import dev.procession.OwnerDeath;
import dev.procession.channel.EndOfPipeException;
import dev.procession.channel.PipeEnd;
import dev.procession.channel.ProcessPipe;
import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** 13, too: the sender is killed. What it has sent arrives, then the pipe ends and says who died. */
class KilledSender implements Example {
    private static final List<Object> SENT = OneWayPipe.MESSAGES.subList(0, 2);

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("killed-sender");
        ProcessPipe<Object> pipe = ProcessPipe.oneWay(stage.session());
        ChildProcess sender = stage.child("Dying", sendingTwo(pipe.writer()));
        stage.startAndAwait(List.of(sender), "has sent two");
        pipe.writer().close();
        stage.say("kills the sender");
        end(sender);
        List<Object> received = new ArrayList<>();
        EndOfPipeException end = OneWayPipe.receive(stage, pipe.reader(), received);
        stage.check("sent-is-sent", SENT, received);
        stage.check(
                "end-names-the-dead",
                List.of(sender.pid()),
                end.deaths().stream().map(OwnerDeath::pid).toList());
    }

    void end(ChildProcess sender) throws InterruptedException {
        sender.kill();
    }

    ChildTask sendingTwo(PipeEnd<Object> writer) {
        return () -> {
            OneWayPipe.send(writer, SENT);
            System.out.println("has sent two");
            TimeUnit.HOURS.sleep(1);
        };
    }
}
