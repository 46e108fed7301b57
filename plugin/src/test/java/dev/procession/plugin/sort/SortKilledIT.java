package dev.procession.plugin.sort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.report.BuildLog;
import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The JVM that sorts is killed with SIGKILL at a random moment, again and again; half of the times while it replaces
 * copies of an earlier run. The profile {@code long} does it 200 times.
 */
@Timeout(1500)
@EnabledOnOs({OS.LINUX, OS.MAC})
class SortKilledIT {
    private static final int KILLS = Integer.getInteger("procession.sort.kills", 10);
    private static final int FILES = 600;

    @TempDir
    Path directory;

    @Test
    void sort_killedAndRunAgain_isCompleteAndNothingWasEverHalf() throws Exception {
        long seed = Long.getLong("procession.sort.seed", System.nanoTime());
        System.out.println("SortKilledIT: procession.sort.seed=" + seed);
        Random random = new Random(seed);
        Heap heap = new Heap(directory);
        Corpus.write(heap, FILES, 120, 20_000, 5);
        heap.outputText = "first";
        heap.sort();
        Map<String, String> first = Heap.tree(heap.base.resolve("first"));
        assertEquals(FILES, first.size());

        // The same source with every third file changed.
        Heap later = new Heap(Files.createDirectory(heap.base.resolve("later")));
        Corpus.write(later, FILES, 120, 20_000, 5);
        later.outputText = "first";
        later.sort();
        int number = 0;
        for (String name : Heap.tree(later.source).keySet()) {
            if (number++ % 3 == 0) {
                later.file(name, Corpus.content("changed " + name, random.nextInt(40_000), random));
            }
        }
        later.sort();
        Map<String, String> changed = Heap.tree(later.base.resolve("first"));
        assertEquals(first.keySet(), changed.keySet());

        List<Integer> placedAtDeath = new ArrayList<>();
        for (int i = 0; i < KILLS; i++) {
            boolean replacing = i % 2 == 1;
            String workers = i % 4 < 2 ? "2" : "0";
            Heap victim = replacing ? later : heap;
            victim.outputText = "out" + i;
            Path output = victim.base.resolve(victim.outputText);
            if (replacing) {
                // What the earlier run placed, journal included.
                Heap earlier = new Heap(Files.createDirectories(heap.base.resolve("earlier" + i)));
                Corpus.write(earlier, FILES, 120, 20_000, 5);
                earlier.sort();
                Files.move(earlier.output, output);
            }
            killWhileSorting(victim, workers, replacing ? FILES / 3 : FILES, random);

            Map<String, String> atDeath = Heap.tree(output);
            String where = "seed " + seed + ", kill " + i;
            atDeath.forEach((name, content) -> assertTrue(
                    content.equals(replacing ? changed.get(name) : first.get(name))
                            || (replacing && content.equals(first.get(name))),
                    () -> where + ": " + name + " is half, or not under its name"));
            placedAtDeath.add((int) atDeath.entrySet().stream()
                    .filter(entry -> entry.getValue().equals((replacing ? changed : first).get(entry.getKey())))
                    .count());

            victim.workers = "0";
            victim.warnings.clear();
            SortResult result = victim.sort();
            assertEquals(FILES, result.files(), where);
            assertEquals(replacing ? changed : first, Heap.tree(output), where);
            assertEquals(List.of(), victim.warnings, where);
            try (var own = Files.list(output.resolve(".procession"))) {
                assertEquals(
                        List.of("lock", "sort-files.journal"),
                        own.map(path -> path.getFileName().toString())
                                .filter(name -> !name.endsWith(".new"))
                                .sorted()
                                .toList(),
                        where);
            }
            assertEquals(FILES, victim.sort().unchanged(), where);
        }
        System.out.println("SortKilledIT: of " + FILES + " files in place at the kills: " + placedAtDeath);
        assertTrue(
                placedAtDeath.stream().anyMatch(placed -> placed > 0 && placed % 200 != 0),
                "seed " + seed + ", none was killed in the middle: " + placedAtDeath);
        // By now the orphans of nearly all victims have ended: none has placed anything behind a later run's back.
        for (int i = 0; i < KILLS; i++) {
            Path output = (i % 2 == 1 ? later : heap).base.resolve("out" + i);
            assertEquals(i % 2 == 1 ? changed : first, Heap.tree(output), "seed " + seed + ", kill " + i);
        }
    }

    /** Kills it in the planning, or a moment after it has told of a random number of files; load moves nothing. */
    private static void killWhileSorting(Heap heap, String workers, int copies, Random random) throws Exception {
        String base = heap.base.toString();
        String output = heap.outputText;
        AtomicInteger told = new AtomicInteger();
        ChildOptions options = ChildOptions.builder()
                .output((process, error, line) -> {
                    if (line.contains(" -> ")) {
                        told.incrementAndGet();
                    }
                })
                .build();
        try (ChildProcess child = ChildProcess.of(options, () -> sortThere(base, output, workers))) {
            child.start();
            Path own = heap.base.resolve(output).resolve(".procession");
            int wanted = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(copies - 1);
            long began = System.nanoTime();
            while ((wanted == 0 ? Files.notExists(own) : told.get() < wanted)
                    && child.isAlive()
                    && System.nanoTime() - began < Duration.ofSeconds(60).toNanos()) {
                Thread.sleep(1);
            }
            Thread.sleep(random.nextInt(wanted == 0 ? 300 : 20));
            child.kill();
            assertTrue(child.join(Duration.ofSeconds(60)));
        }
    }

    private static void sortThere(String base, String output, String workers) throws Exception {
        Heap heap = new Heap(Path.of(base));
        heap.outputText = output;
        heap.workers = workers;
        new FileSorter(heap.request(), new PrintingLog()).run();
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
