package dev.procession.plugin.sort.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.procession.plugin.sort.output.OwnPlaces;
import dev.procession.plugin.sort.store.Cursor;
import dev.procession.plugin.sort.store.Scratch;
import dev.procession.plugin.work.FileStat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered of many runs: always what the last of them said, merged or not, long or short. */
@Timeout(60)
class MemoryTest {
    @TempDir
    Path directory;

    private OwnPlaces own;

    @BeforeEach
    void open() {
        own = new OwnPlaces(directory);
    }

    private static JournalEntry entry(String key, String target, int version) {
        FileStat stat = new FileStat(version, 1_000L * version - 7, "(dev=1,ino=" + version + ")");
        return new JournalEntry(
                key,
                stat,
                target,
                version % 3 == 0 ? stat : new FileStat(version + 1L, -version, "?"),
                version % 2 == 0 ? JournalEntry.NO_SUM : version * 31L,
                version % 5 == 0,
                How.COPIED);
    }

    private void run(int number, List<Result> results) throws Exception {
        OwnPlaces.Run run = own.run(number);
        Files.createDirectories(run.directory());
        try (RunLog log = RunLog.create(run.journal())) {
            for (int i = 0; i < results.size(); i += 100) {
                log.results(results.subList(i, Math.min(results.size(), i + 100)));
            }
            log.end();
        }
    }

    private List<JournalEntry> all(Memory memory) throws Exception {
        List<JournalEntry> all = new ArrayList<>();
        try (Cursor<JournalEntry> entries = memory.entries()) {
            for (JournalEntry entry = entries.next(); entry != null; entry = entries.next()) {
                all.add(entry);
            }
        }
        return all;
    }

    private Memory memory() throws Exception {
        return Memory.open(own, new Scratch(directory.resolve("scratch")));
    }

    @Test
    void entries_manyRunsWithChangesAndForgetting_areWhatTheLastOneSaid() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<String, JournalEntry> expected = new TreeMap<>();
        for (int number = 1; number <= 25; number++) {
            List<Result> results = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                String key = "../in/f" + random.nextInt(200) + (random.nextInt(9) == 0 ? "\u00ff" : "");
                JournalEntry before = expected.get(key);
                JournalEntry now = random.nextInt(4) == 0 && before != null
                        ? null
                        : entry(key, "txt/" + key.substring(6), random.nextInt(10_000));
                results.add(new Result(i + 1, Step.PLACE, key, now, before));
                if (now == null) {
                    expected.remove(key);
                } else {
                    expected.put(key, now);
                }
            }
            run(number, results);
            assertEquals(List.copyOf(expected.values()), all(memory()), "seed " + seed + ", run " + number);
        }
    }

    @Test
    void entries_targetGivenToAnotherSource_isTheOthersAlone() throws Exception {
        run(1, List.of(new Result(1, Step.PLACE, "../in/a", entry("../in/a", "txt/x", 1), null)));
        for (int number = 2; number < 12; number++) {
            run(number, List.of());
        }
        assertEquals(1, all(memory()).size());
        run(12, List.of(new Result(1, Step.PLACE, "../in/b", entry("../in/b", "txt/x", 2), null)));
        assertEquals(List.of(entry("../in/b", "txt/x", 2)), all(memory()));
    }

    @Test
    void entries_runTooLongForMemory_areMergedFromFiles() throws Exception {
        List<JournalEntry> entries = new ArrayList<>();
        for (int i = 0; i < 120_000; i++) {
            String key = String.format("../in/a rather long name of a file %08d", i * 7919 % 120_000);
            entries.add(entry(key, "folder/" + (i % 10 == 0 ? "other" + i : key.substring(6)), i));
        }
        Collections.shuffle(entries, new Random(1));
        List<Result> results = new ArrayList<>();
        for (JournalEntry entry : entries) {
            results.add(new Result(results.size() + 1, Step.PLACE, entry.key(), entry, null));
        }
        run(1, results);
        assertEquals(true, Files.size(own.run(1).journal()) > 4 << 20);
        entries.sort(java.util.Comparator.comparing(JournalEntry::key));
        assertEquals(entries, all(memory()));
        assertEquals(true, Files.exists(own.index()));
        assertEquals(entries, all(memory()));
    }
}
