package dev.procession.plugin.sort.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.sort.Heap;
import dev.procession.plugin.sort.Samples;
import dev.procession.plugin.sort.extra.Extra;
import dev.procession.plugin.sort.layout.CategoryTable;
import dev.procession.plugin.sort.layout.ContentLayout;
import dev.procession.plugin.sort.layout.ExtensionLayout;
import dev.procession.plugin.sort.layout.FileFacts;
import dev.procession.plugin.sort.layout.Layout;
import dev.procession.plugin.sort.layout.Template;
import dev.procession.plugin.sort.layout.TemplateLayout;
import dev.procession.plugin.sort.scan.SourceFile;
import dev.procession.plugin.work.FileStat;
import dev.procession.plugin.work.WorkerCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Looks into files with real child processes; some of them die of it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FactProcessesIT {
    @TempDir
    Path directory;

    private Heap heap;
    private final Set<Extra> fetched = new java.util.HashSet<>();

    @BeforeEach
    void makeHeap() throws Exception {
        heap = new Heap(directory);
    }

    private FactProcesses processes(boolean content, Layout layout, Map<String, String> categories, Path... more) {
        return new FactProcesses(
                heap.source,
                heap.base,
                layout,
                content,
                categories,
                Set.of(content ? Extra.CONTENT : Extra.PHOTOS),
                extras -> {
                    fetched.addAll(extras);
                    List<Path> jars = new ArrayList<>(Heap.extras());
                    jars.addAll(List.of(more));
                    return jars;
                },
                new WorkerCode(List.of(), heap.base.resolve("cache")),
                2,
                Duration.ofSeconds(4),
                heap);
    }

    private List<SourceFile> files() throws Exception {
        return Heap.tree(heap.source).keySet().stream()
                .map(name -> new SourceFile(name, new FileStat(0, 0, "-")))
                .toList();
    }

    private Map<String, String> categories(Map<String, String> additions, Path... more) throws Exception {
        Map<String, String> categories = new TreeMap<>();
        List<SourceFile> files = files();
        try (FactProcesses processes = processes(true, new ContentLayout(), additions, more)) {
            List<FileFacts> facts = processes.read(files);
            for (int i = 0; i < facts.size(); i++) {
                categories.put(
                        files.get(i).path(),
                        new ContentLayout().place(files.get(i), facts.get(i)).folder());
            }
        }
        return categories;
    }

    @Test
    void read_liars_areFoundByTheirContent() throws Exception {
        heap.file("png.txt", Samples.PNG).file("png", Samples.PNG).file("pdf.jpg", Samples.PDF);
        heap.file("png\u00e9\n.doc", Samples.PNG);
        heap.file("letter.png", Samples.zip("[Content_Types].xml", "<Types/>", "word/document.xml", "<w/>"));
        heap.file("book.zip", Samples.zip("mimetype", "application/epub+zip", "a", "b"));
        heap.file("plain.zip", Samples.zip("a.txt", "b"));
        heap.file("text.png", "nothing but words, and a line end\n");
        heap.file("main.py", "import os\nprint(os.getcwd())\n")
                .file("notes.txt", "words\n")
                .file("README", "words\n");
        heap.file("sheet.csv", "a,b\n1,2\n").file("data.json", "{\"a\": 1}\n").file("page.html", "<!doctype html><p>x");
        heap.file("tune.mp3", concat("ID3\u0003\0\0\0\0\0\0", 2000))
                .file("mislabelled.txt", concat("ID3\u0003\0\0\0\0\0\0", 2000));
        heap.file("mystery", new byte[] {1, 2, 3, (byte) 0xfe, 0, 0, 7, (byte) 0x99});
        heap.file("empty", new byte[0]).file("empty.csv", new byte[0]);
        heap.file("own.mine", "a text of a kind that only its owner knows\n").file("run", "#!/bin/sh\necho\n");
        assertEquals(
                Heap.map(
                        "png.txt",
                        "images",
                        "png",
                        "images",
                        "pdf.jpg",
                        "documents",
                        "png\u00e9\n.doc",
                        "images",
                        "letter.png",
                        "documents",
                        "book.zip",
                        "ebooks",
                        "plain.zip",
                        "archives",
                        "text.png",
                        "documents",
                        "main.py",
                        "code",
                        "notes.txt",
                        "documents",
                        "README",
                        "documents",
                        "sheet.csv",
                        "data",
                        "data.json",
                        "data",
                        "page.html",
                        "code",
                        "tune.mp3",
                        "audio",
                        "mislabelled.txt",
                        "audio",
                        "mystery",
                        "unknown",
                        "empty",
                        "unknown",
                        "empty.csv",
                        "data",
                        "own.mine",
                        "mine",
                        "run",
                        "code"),
                categories(Map.of("mine", "mine")));
        assertEquals(Set.of(Extra.CONTENT), fetched);
        assertEquals(List.of(), heap.warnings);
    }

    @Test
    void read_filesThatKillTheReader_areUnknownAndTheOthersAreNot() throws Exception {
        Path services = Files.createDirectories(directory.resolve("sabotage/META-INF/services"));
        Files.writeString(services.resolve("org.apache.tika.detect.Detector"), SabotagedDetector.class.getName());
        for (int i = 0; i < 12; i++) {
            heap.file("good" + i + ".txt", Samples.PNG);
        }
        heap.file("crash.png", "CRASH").file("hang.png", "HANG").file("eat.png", "EAT");
        heap.file("deep.png", "DEEP").file("throw.png", "THROW");
        Map<String, String> found = categories(Map.of(), directory.resolve("sabotage"));
        assertEquals(17, found.size());
        found.forEach((name, category) -> assertEquals(name.startsWith("good") ? "images" : "unknown", category, name));
        String warnings = String.join("\n", heap.warnings);
        assertEquals(5, heap.warnings.size(), warnings);
        assertTrue(
                warnings.contains("in/crash.png could not be looked into: the process that read it died, "), warnings);
        assertTrue(warnings.contains("; it goes to unknown"), warnings);
        assertTrue(
                warnings.contains("in/hang.png could not be looked into: reading it took longer than 4 s;"), warnings);
        assertTrue(warnings.contains("in/eat.png could not be looked into: reading it needs more memory"), warnings);
        assertTrue(warnings.contains("in/deep.png could not be looked into: it is nested too deeply;"), warnings);
        assertTrue(warnings.contains("in/throw.png could not be looked into: "), warnings);
        assertTrue(warnings.contains("a fault\\nin a detector"), warnings);
    }

    @Test
    void read_photos_giveTheDayOfTheCamera() throws Exception {
        heap.file("a.jpg", Samples.photo("2019:07:01 23:59:59"))
                .file("never set.jpg", Samples.photo("0000:00:00 00:00:00"));
        heap.file("none.png", Samples.PNG).file("broken.jpg", "no photo at all").file("notes.txt", "words");
        TemplateLayout layout = new TemplateLayout(
                Template.parse("{year}", new ArrayList<>()),
                CategoryTable.builtIn(),
                "in",
                true,
                java.time.ZoneOffset.UTC);
        try (FactProcesses processes = processes(false, layout, Map.of())) {
            List<SourceFile> files = files();
            List<FileFacts> facts = processes.read(files);
            for (int i = 0; i < facts.size(); i++) {
                LocalDate expected = files.get(i).path().equals("a.jpg") ? LocalDate.of(2019, 7, 1) : null;
                assertEquals(expected, facts.get(i).taken(), files.get(i).path());
            }
        }
        assertEquals(Set.of(Extra.PHOTOS), fetched);
    }

    @Test
    void read_nothingNeeded_startsAndFetchesNothing() throws Exception {
        heap.file("a.jpg", "x");
        try (FactProcesses processes = processes(true, new ExtensionLayout(), Map.of())) {
            assertEquals(List.of(FileFacts.NONE), processes.read(files()));
        }
        assertEquals(Set.of(), fetched);
    }

    private static byte[] concat(String head, int zeros) {
        return Arrays.copyOf(head.getBytes(StandardCharsets.ISO_8859_1), zeros);
    }
}
