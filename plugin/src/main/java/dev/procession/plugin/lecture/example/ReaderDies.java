package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import java.util.List;

/** T1, too: a reader is killed with a file in its hands. Another one gets the file, and no script is lost or doubled. */
class ReaderDies implements Example {
    private static final int COUNT = 3;

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("killed-reader");
        Joining joining = new Dawdling(stage, stage.file("reader-dies"), COUNT);
        ChildProcess victim = stage.child("Dying-reader", joining::read);
        stage.startAndAwait(List.of(victim), "has handed on 0");
        stage.say("kills the reader");
        stage.session().mark("kill");
        victim.kill();
        victim.join();
        List<ChildProcess> others =
                List.of(stage.child("Reader", joining::read), stage.child("Writer", writing(joining)));
        stage.start(others);
        stage.join(others);
        stage.check("reader-killed", joining.scripts.expected(), joining.scripts.result());
    }

    ChildTask writing(Joining joining) {
        return joining::write;
    }

    @Override
    public List<Class<?>> readWith() {
        return List.of(Dawdling.class);
    }
}
