package dev.procession.plugin.sort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.sort.settings.LayoutOptions;
import dev.procession.process.ChildProcess;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The JVM that has archives unpacked is killed with SIGKILL in the midst of it. The profile {@code long} does it often. */
@Timeout(1500)
@EnabledOnOs({OS.LINUX, OS.MAC})
class UnpackKilledIT {
    private static final int KILLS = Math.max(2, Integer.getInteger("procession.sort.kills", 8) / 5);
    private static final int ARCHIVES = 8;
    private static final int ENTRIES = 400;

    @TempDir(factory = InMemory.class)
    Path directory;

    @Test
    void sort_killedWhileUnpacking_leavesNoHalfFolderAndIsCompletedByTheNextRun() throws Exception {
        long seed = Long.getLong("procession.sort.seed", System.nanoTime());
        System.out.println("UnpackKilledIT: procession.sort.seed=" + seed);
        Random random = new Random(seed);
        Heap heap = new Heap(directory);
        Map<String, String> complete = new TreeMap<>();
        for (int i = 0; i < ARCHIVES; i++) {
            String[] entries = new String[2 * ENTRIES];
            for (int j = 0; j < ENTRIES; j++) {
                entries[2 * j] = "d" + j % 7 + "/f" + j;
                entries[2 * j + 1] = "content of " + i + " " + j;
                complete.put("zip/a" + i + "/" + entries[2 * j], entries[2 * j + 1]);
            }
            heap.file("a" + i + ".zip", Samples.zip(entries));
        }
        heap.layout = unpacking();
        List<Integer> unpackedAtDeath = new ArrayList<>();
        for (int i = 0; i < KILLS; i++) {
            heap.outputText = "out" + i;
            Path output = heap.base.resolve(heap.outputText);
            killWhileUnpacking(heap, output, random);
            String where = "seed " + seed + ", kill " + i;
            Map<String, String> atDeath = unpacked(output);
            for (int a = 0; a < ARCHIVES; a++) {
                String folder = "zip/a" + a + "/";
                long there = atDeath.keySet().stream()
                        .filter(name -> name.startsWith(folder))
                        .count();
                assertTrue(there == 0 || there == ENTRIES, where + ": " + folder + " holds " + there);
            }
            unpackedAtDeath.add(atDeath.size() / ENTRIES);
            assertEquals(List.of(), heap.sort().failures(), where);
            assertEquals(complete, unpacked(output), where);
            assertEquals(0, drafts(output), where);
        }
        System.out.println("UnpackKilledIT: of " + ARCHIVES + " archives unpacked at the kills: " + unpackedAtDeath);
        assertTrue(unpackedAtDeath.stream().anyMatch(done -> done < ARCHIVES), seed + ": none was killed in the midst");
    }

    private static LayoutOptions unpacking() {
        return new LayoutOptions(
                null, null, null, List.of(), null, List.of(), List.of(), null, null, null, null, true, "unpack", null,
                null, null, null, List.of());
    }

    private static Map<String, String> unpacked(Path output) throws Exception {
        Map<String, String> all = new TreeMap<>(Heap.tree(output));
        all.keySet().removeIf(name -> name.indexOf('/') == name.lastIndexOf('/'));
        return all;
    }

    private static int drafts(Path output) throws Exception {
        Path own = output.resolve(".procession");
        if (Files.notExists(own)) {
            return 0;
        }
        int count = 0;
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(own, "unpack-*")) {
            for (Path draft : drafts) {
                count += Files.exists(draft) ? 1 : 0;
            }
        }
        return count;
    }

    private static int folders(Path output) throws Exception {
        int count = 0;
        if (Files.exists(output.resolve("zip"))) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(output.resolve("zip"), Files::isDirectory)) {
                for (Path folder : folders) {
                    count += Files.exists(folder) ? 1 : 0;
                }
            }
        }
        return count;
    }

    private static void killWhileUnpacking(Heap heap, Path output, Random random) throws Exception {
        String base = heap.base.toString();
        String name = heap.outputText;
        try (ChildProcess child = ChildProcess.of(() -> sortThere(base, name))) {
            child.start();
            long began = System.nanoTime();
            int wanted = random.nextInt(ARCHIVES - 1);
            while ((drafts(output) == 0 || folders(output) < wanted)
                    && child.isAlive()
                    && System.nanoTime() - began < Duration.ofSeconds(60).toNanos()) {
                Thread.sleep(1);
            }
            Thread.sleep(random.nextInt(20));
            child.kill();
            assertTrue(child.join(Duration.ofSeconds(60)));
        }
    }

    private static void sortThere(String base, String output) throws Exception {
        Heap heap = new Heap(Path.of(base));
        heap.outputText = output;
        heap.layout = unpacking();
        heap.sort();
    }
}
