package dev.procession.plugin.lecture.example;

import dev.procession.channel.PipeEnd;
import dev.procession.channel.ProcessPipe;
import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** 13, too, and how it goes wrong: a receiver that takes a certain message for the end stops at the first one like it. */
class EndByValue implements Example {

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("end-by-value");
        ProcessPipe<Object> pipe = ProcessPipe.oneWay(stage.session());
        ChildProcess sender = stage.child("Talker", talking(pipe.writer()));
        sender.start();
        sender.join(); // the six messages wait in the pipe
        List<Object> received = new ArrayList<>();
        Object message = pipe.reader().receive(Duration.ofSeconds(20));
        while (!Boolean.FALSE.equals(message)) {
            received.add(message);
            message = pipe.reader().receive(Duration.ofSeconds(20));
        }
        stage.say("received " + received + ", then something that looked like the end");
        stage.check("stopped-early", 2, received.size());
    }

    ChildTask talking(PipeEnd<Object> writer) {
        return () -> OneWayPipe.send(writer, OneWayPipe.MESSAGES);
    }
}
