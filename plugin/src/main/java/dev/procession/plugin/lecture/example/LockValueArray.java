package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** 04: four processes take turns at a number, an array and a file. The lock lets one of them in at a time. */
class LockValueArray implements Example {
    private static final int WRITERS = 4;
    private static final int ROUNDS = 5;

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("turns");
        Journal journal = journal(stage, WRITERS);
        List<ChildProcess> writers =
                stage.children(WRITERS, "Writer-", number -> () -> journal.write(number - 1, ROUNDS));
        stage.start(writers);
        stage.join(writers);

        int count = journal.counter.get();
        int[] latest = journal.latest.toArray();
        stage.say("counter " + count + ", array " + Arrays.toString(latest));
        stage.check("never-two", 1, journal.inside.most());
        stage.check("counter", WRITERS * ROUNDS, count);
        int[] sorted = Arrays.stream(latest).distinct().sorted().toArray();
        boolean good = sorted.length == WRITERS && sorted[0] > 0 && sorted[WRITERS - 1] == count;
        stage.check("array", good, WRITERS + " different numbers, at most " + count, Arrays.toString(latest));
        List<String> lines = Files.readAllLines(Path.of(journal.file));
        stage.check(
                "file",
                IntStream.rangeClosed(1, count).mapToObj(String::valueOf).toList(),
                lines);
    }

    Journal journal(Stage stage, int writers) {
        return new Journal(stage, writers);
    }

    @Override
    public List<Class<?>> readWith() {
        return List.of(Journal.class);
    }
}
