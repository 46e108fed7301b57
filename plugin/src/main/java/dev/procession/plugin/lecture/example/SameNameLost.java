package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import dev.procession.shared.SharedInt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** T2, too, and how it goes wrong: each process looks for itself whether a name is free, and one file of two is lost. */
class SameNameLost implements Example {
    private static final int SORTERS = 2;

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("same-name");
        Path folder = Files.createDirectory(stage.file("target"));
        SharedInt looked = SharedInt.create(stage.session(), 0);
        List<ChildProcess> sorters =
                stage.children(SORTERS, "Hasty-", number -> copying(stage, number, folder, looked));
        stage.start(sorters);
        stage.join(sorters);
        List<String> names = Heap.namesIn(folder);
        stage.say("two files in, " + names.size() + " out: " + names);
        stage.check("one-is-lost", List.of("notes.txt"), names);
        stage.check("nobody-noticed", List.of(0, 0), stage.codes(sorters));
    }

    ChildTask copying(Stage stage, int number, Path folder, SharedInt looked) {
        String from = source(stage, number).toString();
        String to = folder.resolve(name(number)).toString();
        return () -> lookAndCopy(from, to, looked);
    }

    /** Runs in the children: "is it free? then I write it" is two steps, and in the worst case both are between them. */
    static void lookAndCopy(String from, String to, SharedInt looked) throws IOException, InterruptedException {
        boolean free = Files.notExists(Path.of(to));
        looked.incrementAndGet();
        while (looked.get() < SORTERS) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        System.out.println("the name is " + (free ? "free" : "taken"));
        if (free) {
            Files.write(Path.of(to), Files.readAllBytes(Path.of(from)));
        }
    }

    String name(int number) {
        return "notes.txt";
    }

    private static Path source(Stage stage, int number) {
        try {
            return Files.writeString(stage.file("notes-of-" + number), "notes of " + number);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
