package dev.procession.plugin.lecture.example;

import dev.procession.channel.EndOfPipeException;
import dev.procession.channel.PipeEnd;
import dev.procession.channel.ProcessPipe;
import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** 13: six messages of any type go one way, and then the pipe ends. Nothing in a message means "the last one". */
class OneWayPipe implements Example {
    static final List<Object> MESSAGES = List.of(1, "two", false, "", 0, List.of(3.5, 'x'));

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("six-messages");
        ProcessPipe<Object> pipe = ProcessPipe.oneWay(stage.session());
        ChildProcess sender = stage.child("Sender", sending(pipe.writer()));
        sender.start();
        pipe.writer().close(); // the child has its own
        List<Object> received = new ArrayList<>();
        EndOfPipeException end = receive(stage, pipe.reader(), received);
        sender.join();
        stage.check("six-in-order", MESSAGES, received);
        stage.check("end-by-close", List.of(), end.deaths());
        stage.check("one-way", "refused", answer(pipe.reader()));
    }

    static EndOfPipeException receive(Stage stage, PipeEnd<Object> reader, List<Object> into) throws Exception {
        try {
            while (true) {
                Object message = reader.receive();
                String type =
                        message instanceof List ? "List" : message.getClass().getSimpleName();
                stage.say("received " + message + ", " + type);
                into.add(message);
            }
        } catch (EndOfPipeException end) {
            stage.say("the pipe has ended");
            return end;
        }
    }

    String answer(PipeEnd<Object> reader) throws IOException, InterruptedException {
        try {
            reader.send("an answer");
            return "sent";
        } catch (IllegalStateException e) {
            return "refused";
        }
    }

    ChildTask sending(PipeEnd<Object> writer) {
        return () -> {
            send(writer, MESSAGES);
            writer.close();
        };
    }

    /** Runs in the child. */
    static void send(PipeEnd<Object> writer, List<Object> messages) throws Exception {
        for (Object message : messages) {
            writer.send(message);
        }
    }
}
