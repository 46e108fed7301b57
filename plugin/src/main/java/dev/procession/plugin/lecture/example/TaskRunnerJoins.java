package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** T1: readers, a queue and a writer make one file of many scripts. For none, one, three and five hundred of them. */
class TaskRunnerJoins implements Example {
    private static final int READERS = 2;

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("join-scripts");
        List<String> right = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        List<Integer> codes = new ArrayList<>();
        Path folder = Files.createDirectory(stage.file("scripts"));
        for (int count : List.of(0, 1, 3, 500)) {
            Joining joining = joining(stage, folder.resolve(count + " scripts"), count);
            List<ChildProcess> processes =
                    new ArrayList<>(stage.children(READERS, count + "-Reader-", number -> joining::read));
            processes.add(stage.child(count + "-Writer", joining::write));
            stage.start(processes);
            stage.join(processes);
            codes.addAll(stage.codes(processes));
            String text = joining.scripts.result();
            right.add(count + " whole");
            seen.add(count + (text.equals(joining.scripts.expected()) ? " whole" : " not whole"));
            stage.say(count + " scripts: " + text.length() + " characters");
        }
        stage.check("whole-and-in-order", right, seen);
        stage.check("all-exit-0", true, codes.stream().allMatch(code -> code == 0));
    }

    Joining joining(Stage stage, Path folder, int count) throws Exception {
        return new Joining(stage, folder, count);
    }

    @Override
    public List<Class<?>> readWith() {
        return List.of(Joining.class, Scripts.class);
    }
}
