package dev.procession.plugin.sort.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.sort.Heap;
import dev.procession.plugin.sort.Samples;
import dev.procession.plugin.sort.name.Names;
import dev.procession.plugin.work.FileTree;
import dev.procession.plugin.work.WorkerCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Unpacks good and hostile archives with real child processes. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ArchiveRunIT {
    @TempDir
    Path directory;

    private Heap heap;
    private Path output;
    private ArchiveLimits limits = new ArchiveLimits(1000, 200 << 20, 250, 1);
    private Names names = Names.KEEP;

    @BeforeEach
    void makeOutput() throws Exception {
        heap = new Heap(directory);
        output = Files.createDirectories(heap.output);
        Files.createDirectories(output.resolve(".procession"));
    }

    private ArchiveRun.Result unpack() throws Exception {
        ArchiveRun run = new ArchiveRun(
                output,
                output.resolve(".procession"),
                names,
                limits,
                extras -> Heap.extras(),
                new WorkerCode(List.of(), heap.base.resolve("cache")),
                2,
                Duration.ofSeconds(30),
                heap);
        List<String> archives = heap.sorted().keySet().stream()
                .filter(path -> path.indexOf('/') == path.lastIndexOf('/'))
                .filter(path -> ArchiveRun.isArchive(path.substring(path.lastIndexOf('/') + 1)))
                .toList();
        return run.unpack(archives);
    }

    private void put(String path, byte[] content) throws IOException {
        Path file = Heap.at(output, path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        Heap.age(file, 3600);
    }

    /** What is below the output but the archives themselves. */
    private Map<String, String> unpacked() throws IOException {
        Map<String, String> all = new TreeMap<>(heap.sorted());
        all.keySet().removeIf(path -> path.indexOf('/') == path.lastIndexOf('/'));
        return all;
    }

    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private static byte[] bytes(Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writing.to(bytes);
        return bytes.toByteArray();
    }

    /** A tar archive; names are bytes. A content of null makes a folder. */
    private static byte[] tar(String... namesAndContents) throws IOException {
        return bytes(out -> {
            try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, ISO_8859_1.name())) {
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
                for (int i = 0; i < namesAndContents.length; i += 2) {
                    TarArchiveEntry entry = new TarArchiveEntry(namesAndContents[i], true);
                    byte[] content =
                            namesAndContents[i + 1] == null ? new byte[0] : namesAndContents[i + 1].getBytes(UTF_8);
                    entry.setSize(content.length);
                    entry.setLastModifiedTime(FileTime.from(Instant.parse("2020-05-05T10:00:00Z")));
                    tar.putArchiveEntry(entry);
                    tar.write(content);
                    tar.closeArchiveEntry();
                }
            }
        });
    }

    private static byte[] tarOf(TarArchiveEntry... entries) throws IOException {
        return bytes(out -> {
            try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
                for (TarArchiveEntry entry : entries) {
                    tar.putArchiveEntry(entry);
                    tar.write(new byte[(int) entry.getSize()]);
                    tar.closeArchiveEntry();
                }
            }
        });
    }

    private static TarArchiveEntry special(String name, byte kind, String link) {
        TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
        entry.setLinkName(link);
        return entry;
    }

    @Test
    void unpack_everyKind_hasAFolderOfItsOwn() throws Exception {
        byte[] tar = tar("docs/", null, "docs/a.txt", "one", "b.txt", "two");
        put("zip/slides.zip", Samples.zip("x/y.txt", "zipped", "top", "t", "empty/", ""));
        put("tar/plain.tar", tar);
        put("tar.gz/a.tar.gz", bytes(out -> write(new GzipCompressorOutputStream(out), tar)));
        put("tgz/b.TGZ", bytes(out -> write(new GzipCompressorOutputStream(out), tar)));
        put("tar.bz2/c.tar.bz2", bytes(out -> write(new BZip2CompressorOutputStream(out), tar)));
        put("tar.xz/d.tar.xz", bytes(out -> write(new XZCompressorOutputStream(out), tar)));
        put("tar.zst/e.tar.zst", bytes(out -> write(new ZstdCompressorOutputStream(out), tar)));
        put("gz/notes.txt.gz", bytes(out -> write(new GzipCompressorOutputStream(out), "plain".getBytes(UTF_8))));
        Path seven = directory.resolve("s.7z");
        try (SevenZOutputFile out = new SevenZOutputFile(seven.toFile())) {
            SevenZArchiveEntry entry = new SevenZArchiveEntry();
            entry.setName("тека/seven.txt");
            out.putArchiveEntry(entry);
            out.write("seven".getBytes(UTF_8));
            out.closeArchiveEntry();
        }
        put("7z/f.7z", Files.readAllBytes(seven));
        put("jar/not.jar", Samples.zip("a", "b"));

        ArchiveRun.Result result = unpack();
        assertEquals(List.of(), result.failures());
        assertEquals(9, result.unpacked());
        Map<String, String> expected = Heap.map(
                "zip/slides/x/y.txt",
                "zipped",
                "zip/slides/top",
                "t",
                "gz/notes.txt/notes.txt",
                "plain",
                Heap.utf8("7z/f/тека/seven.txt"),
                "seven");
        for (String folder : List.of("tar/plain", "tar.gz/a", "tgz/b", "tar.bz2/c", "tar.xz/d", "tar.zst/e")) {
            expected.put(folder + "/docs/a.txt", "one");
            expected.put(folder + "/b.txt", "two");
        }
        assertEquals(expected, unpacked());
        assertTrue(Files.isDirectory(output.resolve("zip/slides/empty")));
        assertEquals(
                Instant.parse("2020-05-05T10:00:00Z"),
                Files.getLastModifiedTime(output.resolve("tar/plain/b.txt")).toInstant());
        assertEquals(List.of("archives.journal", "unpacked"), heap.own());
        assertEquals(List.of(), heap.warnings);

        ArchiveRun.Result second = unpack();
        assertEquals(0, second.unpacked());
        assertEquals(9, second.unchanged());
    }

    private static void write(OutputStream compressor, byte[] content) throws IOException {
        try (compressor) {
            compressor.write(content);
        }
    }

    @Test
    void unpack_hostileArchives_areRefusedAsAWholeAndLeaveNothing() throws Exception {
        put("zip/good.zip", Samples.zip("a", "b"));
        put("zip/up.zip", Samples.zip("ok", "x", "../evil", "x"));
        put("zip/deep-up.zip", Samples.zip("a/b/../../../evil", "x"));
        put("zip/absolute.zip", Samples.zip("/evil", "x"));
        put("zip/drive.zip", Samples.zip("C:/evil", "x"));
        put("zip/backslash.zip", Samples.zip("..\\evil", "x"));
        put("zip/both.zip", Samples.zip("a", "x", "a/b", "x"));
        put("zip/folders.zip", Samples.zip("a/".repeat(100) + "x", "x"));
        put("zip/cut.zip", Arrays.copyOf(Samples.zip("a", "x".repeat(1000)), 60));
        put("zip/noarchive.zip", "words".getBytes(UTF_8));
        put(
                "tar.gz/cut.tar.gz",
                Arrays.copyOf(bytes(out -> write(new GzipCompressorOutputStream(out), random())), 5000));
        put("tar/up.tar", tar("../evil", "x"));
        put("7z/noarchive.7z", "words".getBytes(UTF_8));
        byte[] encrypted = Samples.zip("secret", "x");
        encrypted[6] |= 1;
        int central = encrypted.length - 22 - (46 + 6);
        encrypted[central + 8] |= 1;
        put("zip/encrypted.zip", encrypted);
        byte[] flipped = Samples.zip("secret", "x");
        flipped[central + 16] ^= 1;
        put("zip/flipped.zip", flipped);

        ArchiveRun.Result result = unpack();
        assertEquals(Heap.map("zip/good/a", "b"), unpacked());
        assertEquals(1, result.unpacked());
        String failures = String.join("\n", result.failures());
        assertEquals(14, result.failures().size(), failures);
        assertTrue(failures.contains("out/zip/up.zip is refused: its entry ../evil leads out of it"), failures);
        assertTrue(failures.contains("deep-up.zip is refused: its entry a/b/../../../evil leads out of it"), failures);
        assertTrue(failures.contains("absolute.zip is refused: its entry /evil is absolute"), failures);
        assertTrue(failures.contains("drive.zip is refused: its entry C:/evil is absolute"), failures);
        assertTrue(failures.contains("backslash.zip is refused: its entry ..\\evil leads out of it"), failures);
        assertTrue(failures.contains("both.zip is refused: its entry a is a file and a folder at once"), failures);
        assertTrue(failures.contains("folders.zip is refused: its entry a/a/"), failures);
        assertTrue(failures.contains("cut.zip cannot be unpacked: it is damaged"), failures);
        assertTrue(
                failures.contains(
                        "flipped.zip cannot be unpacked: it is damaged, or no such archive (the checksum of its"
                                + " entry secret is wrong)"),
                failures);
        assertTrue(failures.contains("cut.tar.gz cannot be unpacked: it is damaged"), failures);
        assertTrue(failures.contains("encrypted.zip cannot be unpacked: it is encrypted"), failures);
        assertFalse(Files.exists(output.resolve("evil"))
                || Files.exists(output.resolve("zip/evil"))
                || Files.exists(directory.resolve("evil")));
        assertEquals(List.of("archives.journal", "unpacked"), heap.own());
        try (Stream<Path> lists = Files.list(output.resolve(".procession/unpacked"))) {
            assertEquals(1, lists.count());
        }
    }

    private static byte[] random() throws IOException {
        byte[] content = new byte[20_000];
        new java.util.Random(7).nextBytes(content);
        return tar("a", new String(content, ISO_8859_1));
    }

    @Test
    void unpack_linksAndDevices_areLeftOutAndHardLinksAreFiles() throws Exception {
        put(
                "tar/links.tar",
                tarOf(
                        new TarArchiveEntry("file"),
                        special("hard", TarConstants.LF_LINK, "file"),
                        special("hard out", TarConstants.LF_LINK, "../../in/secret"),
                        special("soft", TarConstants.LF_SYMLINK, "/etc"),
                        special("soft/passwd", TarConstants.LF_NORMAL, ""),
                        special("device", TarConstants.LF_CHR, ""),
                        special("pipe", TarConstants.LF_FIFO, "")));
        put("zip/link.zip", bytes(out -> {
            try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
                ZipArchiveEntry link = new ZipArchiveEntry("link");
                link.setUnixMode(0120777);
                zip.putArchiveEntry(link);
                zip.write("/etc".getBytes(UTF_8));
                zip.closeArchiveEntry();
                zip.putArchiveEntry(new ZipArchiveEntry("link/passwd"));
                zip.closeArchiveEntry();
            }
        }));
        ArchiveRun.Result result = unpack();
        assertEquals(List.of(), result.failures());
        assertEquals(
                Heap.map(
                        "tar/links/file",
                        "",
                        "tar/links/hard",
                        "",
                        "tar/links/soft/passwd",
                        "",
                        "zip/link/link/passwd",
                        ""),
                unpacked());
        assertEquals(2, heap.warnings.size(), heap.warnings::toString);
        assertTrue(
                heap.warnings.get(0).endsWith("tar/links.tar: links, devices and pipes in it were left out, 4 in all"),
                heap.warnings::toString);
    }

    @Test
    void unpack_moreThanTheLimits_isRefused() throws Exception {
        limits = new ArchiveLimits(20, 100 << 20, 250, 1);
        String[] many = new String[42];
        for (int i = 0; i < many.length; i += 2) {
            many[i] = "f" + i;
            many[i + 1] = "";
        }
        put("zip/many.zip", Samples.zip(many));
        put("gz/ratio.gz", bytes(out -> write(new GzipCompressorOutputStream(out), new byte[70 << 20])));
        put("gz/small.gz", bytes(out -> write(new GzipCompressorOutputStream(out), new byte[1 << 20])));
        ArchiveRun.Result result = unpack();
        assertEquals(1, result.unpacked());
        assertEquals(2, result.failures().size(), result.failures()::toString);
        assertTrue(result.failures()
                .get(0)
                .endsWith("out/gz/ratio.gz is refused: it unpacks to more than 250 times its size"));
        assertTrue(result.failures().get(1).endsWith("out/zip/many.zip is refused: it has more than 20 entries"));
        limits = new ArchiveLimits(100, 1 << 19, 250, 1);
        Files.delete(output.resolve("gz/ratio.gz"));
        Files.delete(output.resolve("gz/small/small"));
        Files.delete(output.resolve("gz/small"));
        assertTrue(unpack().failures()
                .get(0)
                .endsWith("out/gz/small.gz is refused: it unpacks to more than 524288 bytes"));
    }

    @Test
    void unpack_namesInArchives_areBytesAndFollowTheRule() throws Exception {
        // The bytes of CP866, as an old Windows wrote them; of UTF-8; and a name that comes twice.
        put(
                "tar/names.tar",
                tar(
                        Heap.utf8("їжак.txt"),
                        "a",
                        "\u00ad\u00a0\u00e8.txt",
                        "b",
                        "twice",
                        "1",
                        "twice",
                        "2",
                        "x\ny",
                        "c"));
        unpack();
        assertEquals(
                Heap.map(
                        Heap.utf8("tar/names/їжак.txt"),
                        "a",
                        Heap.utf8("tar/names/\u00ad\u00a0\u00e8.txt"),
                        "b",
                        "tar/names/twice",
                        "1",
                        "tar/names/twice (2)",
                        "2",
                        "tar/names/x\ny",
                        "c"),
                unpacked());
        names = Names.TRANSLITERATE;
        put("tar/more.tar", tar(Heap.utf8("тека/їжак.txt"), "a"));
        unpack();
        assertEquals("a", unpacked().get("tar/more/teka/yizhak.txt"));
    }

    @Test
    void unpack_archivesInArchives_asDeepAsAllowed() throws Exception {
        byte[] innermost = Samples.zip("c.txt", "deepest");
        byte[] inner = Samples.zip("b.zip", new String(innermost, ISO_8859_1));
        put("tar/outer.tar", bytes(out -> {
            try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
                for (Map.Entry<String, byte[]> entry :
                        Map.of("x/a.zip", innermost, "bad.zip", new byte[] {1}).entrySet()) {
                    TarArchiveEntry header = new TarArchiveEntry(entry.getKey());
                    header.setSize(entry.getValue().length);
                    tar.putArchiveEntry(header);
                    tar.write(entry.getValue());
                    tar.closeArchiveEntry();
                }
            }
        }));
        assertTrue(inner.length > 0);
        unpack();
        assertFalse(Files.exists(output.resolve("tar/outer/x/a")));
        limits = new ArchiveLimits(1000, 1 << 20, 250, 3);
        FileTree.remove(output.resolve("tar/outer"));
        unpack();
        assertEquals("deepest", unpacked().get("tar/outer/x/a/c.txt"));
        assertFalse(Files.exists(output.resolve("tar/outer/bad")));
        assertTrue(
                heap.warnings.get(0).contains("the archive bad.zip in it cannot be unpacked: it is damaged"),
                heap.warnings::toString);
    }

    @Test
    void unpack_changedArchive_replacesItsFolderUnlessSomebodyWorkedOnIt() throws Exception {
        put("zip/a.zip", Samples.zip("one", "1"));
        Files.createDirectories(output.resolve("zip/b"));
        put("zip/b.zip", Samples.zip("one", "1"));
        unpack();
        assertEquals(Heap.map("zip/a/one", "1", "zip/b (2)/one", "1"), unpacked());
        put("zip/a.zip", Samples.zip("two", "22"));
        unpack();
        assertEquals(Heap.map("zip/a/two", "22", "zip/b (2)/one", "1"), unpacked());
        Files.writeString(output.resolve("zip/a/mine"), "m");
        put("zip/a.zip", Samples.zip("three", "333"));
        unpack();
        assertEquals(
                Heap.map("zip/a/mine", "m", "zip/a/two", "22", "zip/a (2)/three", "333", "zip/b (2)/one", "1"),
                unpacked());
        assertTrue(
                heap.warnings.get(0).contains("was changed by somebody since it was unpacked"),
                heap.warnings::toString);

        Files.writeString(output.resolve("zip/a (2)/mine"), "m");
        List<String> stays = new java.util.ArrayList<>();
        ArchiveRun.undo(output, output.resolve(".procession"), stays);
        assertEquals("1", unpacked().get("zip/b (2)/one"), "its archive is there");
        Files.delete(output.resolve("zip/a.zip"));
        Files.delete(output.resolve("zip/b.zip"));
        ArchiveRun.undo(output, output.resolve(".procession"), stays);
        // The first folder of a was given up to its new owner before.
        assertEquals(Heap.map("zip/a/mine", "m", "zip/a/two", "22", "zip/a (2)/mine", "m"), unpacked());
        assertEquals(1, stays.size());
        assertFalse(Files.exists(output.resolve("zip/b (2)")));
        assertEquals(List.of(), heap.own());
    }
}
