package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.pool.ProcessPool;
import dev.procession.process.ChildProcess;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/** T2: a pool of three copies the files of a tree into a folder for each extension. The names are given before, by one. */
class SortTree implements Example {
    private static final int WORKERS = 3;

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("sort-a-tree");
        Heap heap = new Heap(stage.file("heap"));
        Path sorted = stage.file("sorted");
        List<Copy> copies = plan(heap, sorted);
        List<Long> pids;
        try (ProcessPool pool = ProcessPool.open(stage.pool("Sorter", WORKERS))) {
            pids = pool.map(SortTree::copy, copies, 5);
        }
        List<Path> out = Heap.filesIn(sorted);
        stage.say(heap.files().size() + " files in, " + out.size() + " files out");
        stage.check("none-lost", heap.files().size(), out.size());
        stage.check("same-contents", Heap.contents(heap.files()), Heap.contents(out));
        List<String> notes = Heap.namesIn(sorted.resolve("txt")).stream()
                .filter(name -> name.startsWith("notes"))
                .toList();
        stage.check("both-kept", List.of("notes (2).txt", "notes.txt"), notes);
        int busy = processes(pids);
        stage.check("few-processes", busy <= WORKERS, "at most " + WORKERS, busy);
    }

    /** Who copies what to where. A name that is taken gets a number: decided here, so it depends on no timing. */
    List<Copy> plan(Heap heap, Path sorted) throws IOException {
        return new NamePlan(sorted).of(heap.files());
    }

    int processes(List<Long> pids) {
        return new TreeSet<>(pids).size();
    }

    /** Runs in the workers. It fails rather than to write over a file. */
    static long copy(Copy copy) throws IOException {
        Path target = Path.of(copy.to());
        Files.createDirectories(target.getParent());
        Files.copy(Path.of(copy.from()), target);
        return ChildProcess.current().pid();
    }

    record Copy(String from, String to) implements Serializable {}

    @Override
    public List<Class<?>> readWith() {
        return List.of(NamePlan.class, Heap.class);
    }
}
