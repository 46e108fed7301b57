package dev.procession.plugin.sort.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.sort.Heap;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CategoryTableTest {
    @TempDir
    Path directory;

    private final List<String> problems = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "IMG_0001.JPG,images",
        "a.svg,images",
        "photo.cr2,images",
        "notes.txt,documents",
        "README,documents",
        "letter.DOCX,documents",
        "song.flac,audio",
        "film.mkv,video",
        "film.srt,video",
        "backup.tar.gz,archives",
        "x.unknown.zip,archives",
        "Makefile,code",
        "makefile,code",
        "main.py,code",
        "index.ts,code",
        "font.woff2,fonts",
        "people.csv,data",
        ".config.json,data",
        ".bashrc,code",
        "novel.epub,ebooks",
        "novel.fb2.zip,ebooks",
        "part.stl,models",
        "a.sfc,games",
        "noextension,unknown",
        ".hidden,unknown",
        ".jpg,unknown",
        "a.,unknown",
        "a.b.c.d.e.png,images",
        "x.nosuchthing,unknown"
    })
    void of_name_isTheCategory(String name, String category) {
        assertEquals(category, CategoryTable.builtIn().of(name));
    }

    @Test
    void builtIn_table_isLargeAndSaysNothingTwice() throws Exception {
        Map<String, String> seen = new HashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                CategoryTable.class.getResourceAsStream("categories.txt"), StandardCharsets.UTF_8))) {
            for (String line : lines.lines()
                    .filter(l -> !l.isBlank() && !l.startsWith("#"))
                    .toList()) {
                for (String word : line.substring(line.indexOf(':') + 1).trim().split(" ", -1)) {
                    String before = seen.put(word, line);
                    assertTrue(before == null, word + " stands in '" + before + "' and in '" + line + "'");
                }
            }
        }
        assertTrue(seen.size() > 1000, "words: " + seen.size());
        Map<String, Long> sizes = CategoryTable.builtIn().sizes();
        for (String category : List.of(
                "images", "documents", "ebooks", "audio", "video", "archives", "code", "fonts", "data", "models")) {
            assertTrue(sizes.get(category) >= 20, category + ": " + sizes);
        }
    }

    @Test
    void add_usersTable_winsAndAdds() throws Exception {
        Path file = Files.writeString(
                directory.resolve("mine.txt"), "\uFEFF# mine\ncomics: cbz .CBR =Тарас\n\nimages: psb\nмалюнки: kra\n");
        CategoryTable table = CategoryTable.builtIn();
        table.add(file, "mine.txt", problems);
        assertEquals(List.of(), problems);
        assertEquals("comics", table.of("a.cbz"));
        assertEquals("comics", table.of("a.cbr"));
        assertEquals("comics", table.of(Heap.utf8("ТАРАС")));
        assertEquals(Heap.utf8("малюнки"), table.of("a.kra"));
        assertEquals("images", table.of("a.png"));
    }

    @Test
    void add_mistakes_areAllToldWithTheirLines() throws Exception {
        Path file = Files.writeString(
                directory.resolve("mine.txt"), "comics cbz\nok: cbz\n: x\na/b: y\nnul: z\n.hidden: z\ncomics: a/b =\n");
        CategoryTable.builtIn().add(file, "mine.txt", problems);
        assertEquals(7, problems.size(), problems::toString);
        assertEquals(
                "<categories>mine.txt</categories>, line 1: has no colon; write a category, a colon, and extensions:"
                        + " comics: cbz cbr: comics cbz",
                problems.get(0));
        assertTrue(problems.get(2).contains("line 4: the category cannot be a folder's name on every system: a/b: y"));
        CategoryTable.builtIn().add(directory.resolve("none"), "none", problems);
        assertTrue(problems.get(7).startsWith("<categories>none</categories>: "), problems.get(7));
        Files.write(file, new byte[] {(byte) 0xE9, ':'});
        CategoryTable.builtIn().add(file, "mine.txt", problems);
        assertEquals("<categories>mine.txt</categories>: is not UTF-8; save it as such", problems.get(8));
    }
}
