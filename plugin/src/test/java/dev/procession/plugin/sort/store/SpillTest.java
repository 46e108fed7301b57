package dev.procession.plugin.sort.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.sort.name.NameSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes to files when it becomes much, and sets of hashes. */
class SpillTest {
    private static final Codec<String> TEXT = new Codec<>() {
        @Override
        public void write(RecordWriter out, String value) {
            out.text(value);
        }

        @Override
        public String read(RecordReader in) {
            return in.text();
        }
    };

    @TempDir
    Path directory;

    private static List<String> all(Cursor<String> values) throws Exception {
        List<String> all = new ArrayList<>();
        try (values) {
            for (String value = values.next(); value != null; value = values.next()) {
                all.add(value);
            }
        }
        return all;
    }

    @Test
    void sorted_moreThanFits_isInOrderAndEqualOnesStayAsTheyCame() throws Exception {
        Random random = new Random(3);
        List<String> expected = new ArrayList<>();
        Path place = directory.resolve("scratch");
        try (Scratch scratch = new Scratch(place)) {
            Comparator<String> byFirst = Comparator.comparing(text -> text.substring(0, 2));
            SpillSorter<String> sorter = new SpillSorter<>(scratch, TEXT, byFirst, 100);
            for (int i = 0; i < 1_050; i++) {
                String text = (char) ('a' + random.nextInt(20)) + "\u00ff" + i;
                expected.add(text);
                sorter.add(text);
            }
            expected.sort(byFirst);
            assertEquals(expected, all(sorter.sorted()));
            assertTrue(Files.exists(place.resolve("10")));
        }
        assertFalse(Files.exists(place));
    }

    @Test
    void values_longList_isReadAsOftenAsWanted() throws Exception {
        try (Scratch scratch = new Scratch(directory.resolve("scratch"))) {
            SpillList<String> list = new SpillList<>(scratch, TEXT);
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 70_000; i++) {
                list.add("line " + i);
                expected.add("line " + i);
            }
            assertEquals(expected, all(list.values()));
            assertEquals(expected, all(list.values()));
            assertEquals(70_000, list.size());
        }
    }

    @Test
    void read_numbersOfAllSizes_areWhatWasWritten() {
        long[] numbers = {0, 1, 127, 128, 1L << 35, Long.MAX_VALUE, Long.MIN_VALUE, -1, -64, 63};
        RecordWriter out = new RecordWriter();
        for (long number : numbers) {
            out.number(number);
            out.signed(number);
        }
        out.text("prefix and more", "prefix of another");
        RecordReader in = new RecordReader(out.bytes(), out.length());
        for (long number : numbers) {
            assertEquals(number, in.number());
            assertEquals(number, in.signed());
        }
        assertEquals("prefix and more", in.text("prefix of another"));
        assertFalse(in.hasMore());
    }

    @Test
    void add_manyHashes_knowsWhichItHas() {
        Random random = new Random(5);
        NameSet names = new NameSet();
        LongSet numbers = new LongSet();
        Set<Long> expectedNames = new HashSet<>();
        Set<Long> expectedNumbers = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            long value = i % 3 == 0 ? random.nextInt(50_000) - 10 : random.nextLong();
            assertEquals(expectedNumbers.add(value), numbers.add(value));
            // The lowest bit of a name's hash is not kept.
            long kept = value & ~1L;
            assertEquals(expectedNames.add(kept == 0 ? 2 : kept), names.add(value));
        }
        assertEquals(expectedNumbers.size(), numbers.size());
        assertTrue(names.expect(42));
        assertFalse(names.expect(42));
        assertTrue(names.isExpected(42));
        assertFalse(names.isExpected(44));
        assertEquals(1, names.expected());
    }
}
