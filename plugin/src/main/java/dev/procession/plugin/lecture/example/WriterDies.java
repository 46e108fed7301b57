package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import java.nio.file.Path;
import java.util.List;

/** T1, too: the writer is killed. There is no half of a file under the final name, and a second run makes the whole one. */
class WriterDies implements Example {
    private static final int COUNT = 3;

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("killed-writer");
        Joining half = half(stage, stage.file("writer-dies"));
        ChildProcess reader = stage.child("Reader-1", half::read);
        ChildProcess writer = stage.child("Dying-writer", half::write);
        reader.start();
        stage.startAndAwait(List.of(writer), "is about to publish");
        stage.say("kills the writer");
        stage.session().mark("kill");
        writer.kill();
        writer.join();
        stage.check("nothing-half", Scripts.NOTHING, half.scripts.result());

        Joining whole = whole(stage, stage.file("second-run"));
        List<ChildProcess> both = List.of(stage.child("Reader-2", whole::read), stage.child("Writer-2", whole::write));
        stage.start(both);
        stage.join(both);
        stage.check("second-run-whole", whole.scripts.expected(), whole.scripts.result());
    }

    Joining half(Stage stage, Path folder) throws Exception {
        return new Dawdling(stage, folder, COUNT);
    }

    Joining whole(Stage stage, Path folder) throws Exception {
        return new Joining(stage, folder, COUNT);
    }
}
