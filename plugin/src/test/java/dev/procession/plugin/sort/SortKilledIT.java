package dev.procession.plugin.sort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.sort.history.HistoryRequest;
import dev.procession.plugin.sort.history.SortHistory;
import dev.procession.plugin.sort.output.HalfFile;
import dev.procession.plugin.sort.output.OwnPlaces;
import dev.procession.plugin.sort.output.WorkersLock;
import dev.procession.plugin.work.WorkerUse;
import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The JVM that sorts is killed with SIGKILL at a random moment, again and again, in all modes and with all answers to
 * taken names; then it is run again, and everything must be where it belongs; then all is undone (and that is killed as
 * well), and everything must be where it was. Once for each scene; the profile {@code long} does it 200 times, with more
 * and larger files.
 */
@Timeout(3000)
@EnabledOnOs({OS.LINUX, OS.MAC})
class SortKilledIT {
    private static final int KILLS = Integer.getInteger("procession.sort.kills", 8);
    private static final int FILES = KILLS > 20 ? 400 : 200;
    private static final int EQUAL_NAMES = FILES / 5;
    private static final int MEAN_SIZE = 50 * FILES;

    @TempDir(factory = InMemory.class)
    Path directory;

    /** What is killed: how it sorts, and whether it finds what an earlier run has placed, and has to replace a third. */
    private record Scene(String mode, String collisions, boolean again) {
        void set(Heap heap) {
            heap.mode = mode;
            heap.collisions = collisions;
        }
    }

    private static final List<Scene> SCENES = List.of(
            new Scene("copy", "rename", false),
            new Scene("copy", "rename", true),
            new Scene("move", "rename", false),
            new Scene("move", "dedupe", true),
            new Scene("copy", "overwrite", true),
            new Scene("move", "overwrite", false),
            new Scene("copy", "dedupe", false),
            new Scene("hardlink", "rename", true));

    @Test
    void sort_killedAndRunAgain_isCompleteAndCanBeUndone() throws Exception {
        long seed = Long.getLong("procession.sort.seed", System.nanoTime());
        System.out.println("SortKilledIT: procession.sort.seed=" + seed);
        Random random = new Random(seed);
        List<String> expected = new ArrayList<>();
        for (Scene scene : SCENES) {
            Heap heap = heap(scene, "expected-" + SCENES.indexOf(scene));
            scene.set(heap);
            heap.sort();
            expected.add(state(heap));
            delete(heap.base);
        }
        List<Integer> placedAtDeath = new ArrayList<>();
        for (int i = 0; i < KILLS; i++) {
            int number = i % SCENES.size();
            Scene scene = SCENES.get(number);
            String workers = i / 2 % 2 == 0 ? "2" : "0";
            WorkerUse use = i / 4 % 2 == 0 ? WorkerUse.ALONE : WorkerUse.AT_ONCE;
            String where = "seed " + seed + ", kill " + i + ", " + scene + ", workers " + workers + " " + use;
            Heap heap = heap(scene, "kill-" + i);
            Map<String, String> sourceBefore = Heap.stamps(heap.source);
            Map<String, String> outputBefore = Heap.stamps(heap.output);
            int runsBefore = runs(heap).size();

            placedAtDeath.add(kill(heap, scene, workers, use, false, random));
            if (i % 2 == 1) {
                // Workers outlive their parent for a moment, and go on. The other half of the times they do so while
                // the next run begins.
                try (WorkersLock alone = WorkersLock.alone(new OwnPlaces(own(heap)))) {
                    alone.check();
                }
                assertNothingIsHalf(heap, sourceBefore, outputBefore, where);
            }

            scene.set(heap);
            heap.warnings.clear();
            heap.sort();
            assertEquals(expected.get(number), state(heap), where);
            assertEquals(List.of(), heap.warnings, where);
            SortResult once = heap.sort();
            assertEquals(0, once.copied(), where);
            assertEquals(0, once.displaced(), where);
            assertEquals(expected.get(number), state(heap), where);

            if (i % 3 == 0) {
                kill(heap, scene, workers, use, true, random);
            }
            while (runs(heap).size() > runsBefore) {
                heap.history(null).undo();
            }
            assertEquals(sourceBefore, Heap.stamps(heap.source), where);
            assertEquals(outputBefore, Heap.stamps(heap.output), where);
            delete(heap.base);
        }
        System.out.println("SortKilledIT: files told of at the kills, of at most " + FILES + ": " + placedAtDeath);
        assertTrue(
                placedAtDeath.stream().anyMatch(placed -> placed > 0 && placed < FILES / 2),
                "seed " + seed + ", none was killed in the middle: " + placedAtDeath);
    }

    /** The same heap every time. */
    private Heap heap(Scene scene, String name) throws Exception {
        Heap heap = new Heap(Files.createDirectories(directory.resolve(name)));
        Corpus.write(heap, FILES, EQUAL_NAMES, MEAN_SIZE, 5);
        Random random = new Random(6);
        int number = 0;
        for (Map.Entry<String, String> file : Heap.tree(heap.source).entrySet()) {
            byte[] content = file.getValue().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
            if (number % 10 == 3) {
                heap.file("same/" + number + ".copy", content);
            }
            if (number % 7 == 2) {
                Files.setPosixFilePermissions(
                        Heap.at(heap.source, file.getKey()), PosixFilePermissions.fromString("rwxr-----"));
            }
            number++;
        }
        Files.createDirectories(heap.output.resolve("txt"));
        Files.writeString(heap.output.resolve("txt/f0.txt"), "the user's own");
        if (scene.again()) {
            heap.sort();
            number = 0;
            for (String file : Heap.tree(heap.source).keySet()) {
                if (number++ % 3 == 0) {
                    heap.file(file, Corpus.content("changed " + file, random.nextInt(2 * MEAN_SIZE), random));
                }
            }
            Corpus.write(heap, 40, 5, 5_000, 7);
        }
        return heap;
    }

    /** All that is there and under which names, but not the times: those are of the moment. */
    private static String state(Heap heap) throws Exception {
        return "in " + hashes(heap.source) + "\nout " + hashes(heap.output);
    }

    private static List<String> hashes(Path root) throws Exception {
        return Heap.tree(root).entrySet().stream()
                .map(file -> file.getKey() + "=" + file.getValue().hashCode() + "/"
                        + file.getValue().length())
                .toList();
    }

    private static Path own(Heap heap) throws Exception {
        return Files.createDirectories(heap.output.resolve(".procession"));
    }

    private static List<OwnPlaces.Run> runs(Heap heap) throws Exception {
        return new OwnPlaces(own(heap)).runs();
    }

    /** Whatever has a name in source or output is whole, or known for half and unreadable. */
    private static void assertNothingIsHalf(
            Heap heap, Map<String, String> source, Map<String, String> output, String where) throws Exception {
        Set<String> whole = new HashSet<>();
        Stream.concat(source.values().stream(), output.values().stream()).forEach(stamp -> whole.add(content(stamp)));
        for (Path root : List.of(heap.source, heap.output)) {
            for (Map.Entry<String, String> file : Heap.stamps(root).entrySet()) {
                assertTrue(
                        whole.contains(content(file.getValue())) || HalfFile.is(Heap.at(root, file.getKey())),
                        where + ": half, and not known for it: " + file);
            }
        }
    }

    private static String content(String stamp) {
        String[] fields = stamp.split(" ", -1);
        return fields[0] + " " + fields[1];
    }

    private static void delete(Path root) throws Exception {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Kills it in the planning, or a moment after it has told of a random number of files; load moves nothing. */
    private static int kill(Heap heap, Scene scene, String workers, WorkerUse use, boolean undoing, Random random)
            throws Exception {
        String base = heap.base.toString();
        String mode = scene.mode();
        String collisions = scene.collisions();
        AtomicInteger told = new AtomicInteger();
        ChildOptions options = ChildOptions.builder()
                .output((process, error, line) -> {
                    if (line.contains(" -> ") || line.startsWith("undone: ")) {
                        told.incrementAndGet();
                    }
                })
                .build();
        try (ChildProcess child =
                ChildProcess.of(options, () -> workThere(base, mode, collisions, workers, use, undoing))) {
            child.start();
            Path own = heap.output.resolve(".procession");
            int wanted = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(FILES / 2);
            long began = System.nanoTime();
            while ((wanted == 0 ? Files.notExists(own) : told.get() < wanted)
                    && child.isAlive()
                    && System.nanoTime() - began < Duration.ofSeconds(60).toNanos()) {
                Thread.sleep(1);
            }
            Thread.sleep(random.nextInt(wanted == 0 ? 300 : 10));
            child.kill();
            assertTrue(child.join(Duration.ofSeconds(60)));
        }
        return told.get();
    }

    private static void workThere(
            String base, String mode, String collisions, String workers, WorkerUse use, boolean undoing)
            throws Exception {
        Heap heap = new Heap(Path.of(base));
        heap.use = use;
        heap.mode = mode;
        heap.collisions = collisions;
        heap.workers = workers;
        if (undoing) {
            new SortHistory(new HistoryRequest("out", null, heap.base, heap.base, true), new PrintingLog()).undo();
        } else {
            heap.sorter(new PrintingLog()).run();
        }
    }

    /** Tells the parent how far the run is. */
    private static final class PrintingLog implements BuildLog {
        @Override
        public void info(String line) {
            System.out.println(line);
        }

        @Override
        public void warn(String line) {
            System.out.println(line);
        }

        @Override
        public void debug(String line) {
            System.out.println(line);
        }

        @Override
        public boolean debugs() {
            return true;
        }
    }
}
