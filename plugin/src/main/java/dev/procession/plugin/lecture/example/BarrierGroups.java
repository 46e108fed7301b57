package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import java.util.ArrayList;
import java.util.List;

/** 10: ten processes and a barrier for five. Nobody passes before five are there; then a group of five passes at once. */
class BarrierGroups implements Example {
    private static final int PARTIES = 5;
    private static final int GROUPS = 2;

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("two-groups");
        MeetingPoint point = point(stage, PARTIES);
        List<ChildProcess> walkers =
                stage.children(GROUPS * PARTIES, "Walker-", number -> () -> point.meet(number - 1));
        stage.start(walkers);
        stage.join(walkers);

        List<String> indexes = new ArrayList<>();
        for (int index = 0; index < PARTIES; index++) {
            for (int group = 0; group < GROUPS; group++) {
                indexes.add("index " + index);
            }
        }
        List<String> seen = stage.printedBy(walkers).stream()
                .filter(line -> line.startsWith("index"))
                .sorted()
                .toList();
        stage.check("indexes", indexes, seen);
        stage.check("nobody-early", 0, point.early.get());
        stage.check("all-passed", GROUPS * PARTIES, point.passed.get());
    }

    MeetingPoint point(Stage stage, int parties) {
        return new MeetingPoint(stage, parties);
    }

    @Override
    public List<Class<?>> readWith() {
        return List.of(MeetingPoint.class);
    }
}
