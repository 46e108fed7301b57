package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A joining whose processes stay for ever at the worst moments, if their names say so: there they are killed. */
class Dawdling extends Joining {
    private static final long serialVersionUID = 1L;

    Dawdling(Stage stage, Path folder, int count) throws Exception {
        super(stage, folder, count);
    }

    /** The content is in the queue, and the queue of files does not know it yet. */
    @Override
    void handedOn(int number) throws InterruptedException {
        if (ChildProcess.current().name().equals("Dying-reader")) {
            System.out.println("has handed on " + number);
            TimeUnit.HOURS.sleep(1);
        }
    }

    /** All is read, and nothing is written. */
    @Override
    void publish(String text) throws IOException, InterruptedException {
        if (ChildProcess.current().name().equals("Dying-writer")) {
            System.out.println("is about to publish");
            TimeUnit.HOURS.sleep(1);
        }
        super.publish(text);
    }
}
