import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes a heap of files with all the names, contents and neighbours that a sorter can meet. The same every time; each
 * content is unlike all others, but for those that are meant to be equal. For any JDK from 17 on:
 *
 * <pre>java NastyHeap.java heap</pre>
 *
 * <p>prints the names that the file system did not take.
 */
public final class NastyHeap {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'
    };

    private final Path root;
    private final List<String> notMade = new ArrayList<>();

    private NastyHeap(Path root) {
        this.root = root;
    }

    /**
     * Writes the heap.
     *
     * @param arguments the directory, which is made
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("java NastyHeap.java <directory>");
            System.exit(1);
        }
        NastyHeap heap = new NastyHeap(
                Files.createDirectories(Path.of(arguments[0])).toRealPath());
        heap.writeAll();
        heap.notMade.forEach(System.out::println);
    }

    private void writeAll() throws IOException {
        names();
        pairs();
        contents();
        neighbours();
    }

    private void names() throws IOException {
        for (String name : List.of(
                "plain.txt",
                "UPPER.TXT",
                "Makefile",
                "README",
                ".hidden",
                ".config.json",
                "..two dots",
                "...",
                "trailing.",
                "trailing blank ",
                " leading blank",
                "-rf",
                "--help.txt",
                "~",
                "~$lock.docx",
                "a&b;c|d.txt",
                "$(HOME).txt",
                "*?[x].txt",
                "\"quoted\".txt",
                "'quoted'.txt",
                "back\\slash.txt",
                "colon:name.txt",
                "<tag>.txt",
                "100% sure.txt",
                "%41%2F.txt",
                "CON",
                "con.txt",
                "nul.tar.gz",
                "COM1.jpg",
                "tab\there.txt",
                "line\nend.txt",
                "return\rhere.txt",
                "bell\u0007.txt",
                "\u001b[31mred.txt",
                "a.b.c.d.e.f",
                "archive.tar.gz",
                "x.TAR.BZ2",
                "no.such-extension-known",
                "їжак і сова.txt",
                "Згурський.ТХТ",
                "Знам'янка.md",
                "ь",
                "ь.txt",
                "日本語.txt",
                "مرحبا.txt",
                "\u202egnp.exe.txt",
                "emoji 🎉🇺🇦.png",
                "zero\u200bwidth.txt",
                "\ufeffbom.txt",
                "combining e\u0301.txt")) {
            file("names/" + name, name.getBytes(StandardCharsets.UTF_8));
        }
        raw("names/caf%E9%20latin-1.txt", "latin-1");
        raw("names/%FF%FE%80.bin", "no utf-8");
        raw("names/" + "%D1%97".repeat(125) + ".txt", "254 bytes");
        file("names/" + "n".repeat(251) + ".txt", "255 bytes".getBytes(StandardCharsets.US_ASCII));
        StringBuilder deep = new StringBuilder("deep");
        for (int i = 0; i < 60; i++) {
            deep.append("/d").append(i);
        }
        file(deep + "/bottom.txt", "at the bottom".getBytes(StandardCharsets.US_ASCII));
    }

    /** Names that are one, or become one, on some system or by some rule. */
    private void pairs() throws IOException {
        for (String name : List.of(
                "a/same.txt",
                "b/same.txt",
                "c/same.txt",
                "c/same (2).txt",
                "a/Case.txt",
                "b/case.txt",
                "a/CASE.TXT",
                "a/caf\u00e9.txt",
                "b/cafe\u0301.txt",
                "a/кит.txt",
                "b/кить.txt",
                "c/kyt.txt",
                "a/aux_.txt",
                "b/aux.txt",
                "a/x?.txt",
                "b/x_.txt")) {
            file("pairs/" + name, name.getBytes(StandardCharsets.UTF_8));
        }
        file("pairs/one/equal.txt", "equal contents\n".repeat(100).getBytes(StandardCharsets.US_ASCII));
        file("pairs/two/equal.txt", "equal contents\n".repeat(100).getBytes(StandardCharsets.US_ASCII));
        file(
                "pairs/two/equal under another name.md",
                "equal contents\n".repeat(100).getBytes(StandardCharsets.US_ASCII));
    }

    private void contents() throws IOException {
        file("contents/empty", new byte[0]);
        file("contents/empty.jpg", new byte[0]);
        file("contents/picture called a text.txt", picture("a"));
        file("contents/picture.png", picture("b"));
        file(
                "contents/text called a picture.png",
                "words, and nothing but words\n".getBytes(StandardCharsets.US_ASCII));
        file("contents/large.bin", new byte[3_000_000]);
        file("contents/photo.jpg", "no photo at all".getBytes(StandardCharsets.US_ASCII));
        file("contents/good.zip", zip("їжак/inside.txt", "inside"));
        file("contents/escape.zip", zip("../../escaped.txt", "outside"));
        file("contents/absolute.zip", zip("/tmp/escaped.txt", "outside"));
        file("contents/damaged.zip", new byte[] {'P', 'K', 3, 4, 0, 0, 0});
        Path old = file("contents/from 1970.txt", "old".getBytes(StandardCharsets.US_ASCII));
        Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));
        Path future = file("contents/from 2099.txt", "future".getBytes(StandardCharsets.US_ASCII));
        Files.setLastModifiedTime(future, FileTime.from(Instant.parse("2099-12-31T23:59:59Z")));
    }

    /** What is no file that can be sorted. */
    private void neighbours() throws IOException {
        Files.createDirectories(root.resolve("neighbours/empty directory"));
        Path directory = root.resolve("neighbours");
        link(directory.resolve("loop"), directory);
        link(directory.resolve("escape"), Path.of("/"));
        link(directory.resolve("dangling"), Path.of("nowhere"));
        link(directory.resolve("to a file"), root.resolve("names/plain.txt"));
    }

    private void link(Path link, Path target) throws IOException {
        try {
            Files.createSymbolicLink(link, target);
        } catch (IOException | UnsupportedOperationException e) {
            notMade.add(link.toString());
        }
    }

    private Path file(String name, byte[] content) throws IOException {
        // The bytes of UTF-8 under any locale: a path that is made of a text depends on it.
        StringBuilder encoded = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            encoded.append(b == '/' ? "/" : String.format("%%%02X", b));
        }
        return file(Path.of(URI.create(root.toUri() + encoded.toString())), content);
    }

    /** A name that is given as the bytes that it is, percent-encoded: not all names are texts. */
    private void raw(String name, String content) throws IOException {
        URI uri = URI.create(root.toUri() + name);
        file(Path.of(uri), content.getBytes(StandardCharsets.US_ASCII));
    }

    private Path file(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        try {
            Files.write(file, content);
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-02-29T12:00:00Z")));
        } catch (IOException e) {
            notMade.add(file.toString());
        }
        return file;
    }

    private static byte[] picture(String name) {
        byte[] content = java.util.Arrays.copyOf(PNG, PNG.length + 1);
        content[PNG.length] = (byte) name.charAt(0);
        return content;
    }

    private static byte[] zip(String name, String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
