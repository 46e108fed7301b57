package dev.procession.plugin.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceMapTest {
    @TempDir
    Path directory;

    private Workshop shop;

    @BeforeEach
    void open() throws Exception {
        shop = new Workshop(directory);
    }

    @Test
    void run_wordsAndPunctuation_haveSegmentsOfTheirOwn() throws Exception {
        shop.file("a.js", "\n\tshop.open(now);").bundle("a.js");
        shop.run();
        List<Integer> columns = shop.map().segments().stream()
                .filter(segment -> segment.line() == 1)
                .map(DecodedMap.Segment::column)
                .toList();
        assertEquals(List.of(0, 1, 5, 6, 10, 11, 14), columns);
    }

    @Test
    void run_lineBreaksOfEveryKind_countAsEnginesCountThem() throws Exception {
        shop.file("a.js", "a\nb\r\nc\rd\u2028e\u2029f").file("b.js", "g").bundle("*.js");
        shop.run();
        DecodedMap map = shop.map();
        assertEquals(new DecodedMap.Segment(5, 0, 0, 5, 0), map.at(5, 0));
        // f is line 5; the separator is line 6.
        assertEquals(new DecodedMap.Segment(7, 0, 1, 0, 0), map.at(7, 0));
    }

    @Test
    void run_fileEndsInLoneCarriageReturnBeforeLineFeed_linesStayRight() throws Exception {
        shop.file("a.js", "a();\r").file("b.js", "\nb();").bundle("*.js");
        shop.run();
        assertEquals("a();\r\n\nb();\n", shop.body());
        assertEquals(new DecodedMap.Segment(2, 0, 1, 1, 0), shop.map().at(2, 0));
    }

    @Test
    void run_surrogatePairs_areTwoColumns() throws Exception {
        shop.file("a.js", "'🔥';x").bundle("a.js");
        shop.run();
        assertEquals(5, shop.map().at(0, 5).column());
    }

    @Test
    void run_mapFields_areThoseOfTheSpecification() throws Exception {
        shop.file("ui/a b.js", "a();\n")
                .file("50%#?.js", "b();\n")
                .file("крамниця.js", "c();\n")
                .bundle(Workshop.spec("my shop.js", "**/*.js"));
        shop.run();
        String script = java.nio.file.Files.readString(shop.target.resolve("classes/web/my shop.js"));
        assertTrue(script.endsWith("\n//# sourceMappingURL=my%20shop.js.map\n"), script);
        DecodedMap map =
                DecodedMap.parse(java.nio.file.Files.readString(shop.target.resolve("classes/web/my shop.js.map")));
        assertEquals(3, map.json().get("version").getAsInt());
        assertEquals("my shop.js", map.json().get("file").getAsString());
        assertEquals(0, map.json().getAsJsonArray("names").size());
        assertEquals(
                List.of("src/main/js/50%25%23%3F.js", "src/main/js/ui/a b.js", "src/main/js/крамниця.js"),
                map.sources());
    }

    /** Joins random files and looks every character of the bundle up in the map. */
    @RepeatedTest(20)
    void run_randomFiles_everyPositionLeadsBack(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        String[] parts = {
            "a", "word", "$x_1", " ", "  ", "\t", ";", "();", ".", "\n", "\n\n", "\r\n", "\r", "\u2028", "ї", "🔥",
            "'s'", "{", "}", "\u00a0", "123", "/* c */"
        };
        List<String> contents = new ArrayList<>();
        for (int file = 0; file < 8; file++) {
            StringBuilder content = new StringBuilder();
            // A letter that tells the file, so that no two of them look alike.
            for (int i = random.nextInt(120); i > 0; i--) {
                content.append(random.nextInt(20) == 0 ? "file" + file : parts[random.nextInt(parts.length)]);
            }
            contents.add(content.toString());
            shop.file("f" + file + ".js", content.toString());
        }
        shop.bundle(Workshop.withBanner("/* a\n b */", "*.js"));
        shop.run();

        DecodedMap map = shop.map();
        assertEquals(contents, map.contents());
        List<List<String>> sources = contents.stream().map(SourceMapTest::lines).toList();
        List<String> bundle = lines(shop.script());
        int[][] seen = new int[contents.size()][];
        for (int file = 0; file < contents.size(); file++) {
            seen[file] = new int[sources.get(file).size()];
        }
        for (int line = 0; line < bundle.size(); line++) {
            String text = bundle.get(line);
            int now = line;
            List<DecodedMap.Segment> segments = map.segments().stream()
                    .filter(segment -> segment.line() == now)
                    .toList();
            if (segments.isEmpty()) {
                assertTrue(text.isBlank() || text.equals(";") || line < 2 || text.startsWith("//#"), text);
                continue;
            }
            DecodedMap.Segment first = segments.get(0);
            assertEquals(0, first.column());
            seen[first.source()][first.sourceLine()]++;
            assertEquals(text, sources.get(first.source()).get(first.sourceLine()));
            int column = -1;
            for (DecodedMap.Segment segment : segments) {
                assertTrue(segment.column() > column, "columns ascend");
                column = segment.column();
                assertEquals(first.source(), segment.source());
                assertEquals(first.sourceLine(), segment.sourceLine());
                assertEquals(segment.column(), segment.sourceColumn());
            }
        }
        for (int file = 0; file < contents.size(); file++) {
            for (int line = 0; line < seen[file].length; line++) {
                boolean blank = sources.get(file).get(line).isEmpty();
                assertEquals(blank && !(line == 0 && !contents.get(file).isEmpty()) ? 0 : 1, seen[file][line]);
            }
        }
    }

    private static List<String> lines(String text) {
        return List.of(text.split("\r\n|[\n\r\u2028\u2029]", -1));
    }
}
