package dev.procession.plugin.lecture;

import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** T2, too, and how it goes wrong: each process decides for itself where its file goes, and one of two is lost. */
class SameNameLost implements Example {

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("same-name");
        Path folder = Files.createDirectory(stage.file("target"));
        List<ChildProcess> sorters = stage.children(2, "Hasty-", number -> copying(stage, number, folder));
        stage.start(sorters);
        stage.join(sorters);
        List<String> names = Heap.namesIn(folder);
        stage.say("two files in, " + names.size() + " out: " + names);
        stage.check("one-is-lost", List.of("notes.txt"), names);
        stage.check("nobody-noticed", List.of(0, 0), stage.codes(sorters));
    }

    ChildTask copying(Stage stage, int number, Path folder) {
        String from = source(stage, number).toString();
        String to = folder.resolve(name(number)).toString();
        return () -> copy(from, to);
    }

    /** Runs in the children. */
    static void copy(String from, String to) throws IOException {
        Files.copy(Path.of(from), Path.of(to), StandardCopyOption.REPLACE_EXISTING);
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
