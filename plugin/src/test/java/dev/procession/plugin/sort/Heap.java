package dev.procession.plugin.sort;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.work.WorkerCode;
import dev.procession.plugin.work.WorkerUse;
import dev.procession.pool.ProcessPool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A heap of files in a temporary directory, that a test sorts. Names are raw names. */
final class Heap implements BuildLog {
    final Path base;
    final Path source;
    final Path output;
    final List<String> warnings = new CopyOnWriteArrayList<>();
    final List<String> details = new CopyOnWriteArrayList<>();
    String workers = "0";
    WorkerUse use = WorkerUse.WHEN_IT_LASTS;
    boolean failOnError = true;
    String sourceText = "in";
    String outputText = "out";
    String mode = "copy";
    String collisions = "rename";
    String keepRuns = "all";
    String replay;
    String plan;
    boolean prune;
    boolean force;
    boolean dryRun;
    List<String> keep = List.of();
    LayoutOptions layout = LayoutOptions.DEFAULT;
    Path reports;

    Heap(Path base) throws IOException {
        // The temporary directory may itself lie behind a link.
        this.base = base.toRealPath();
        this.source = Files.createDirectories(this.base.resolve("in"));
        this.output = this.base.resolve("out");
    }

    Heap file(String name, String content) throws IOException {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file of the source, an hour old: so it is believed to be what it looks like. */
    Heap file(String name, byte[] content) throws IOException {
        Path file = at(source, name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        age(file, 3600);
        return this;
    }

    /** Files whose content is their name. */
    Heap files(String... names) throws IOException {
        for (String name : names) {
            file(name, name.getBytes(StandardCharsets.ISO_8859_1));
        }
        return this;
    }

    static void age(Path file, long seconds) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(seconds)));
    }

    static Path at(Path directory, String raw) {
        return RawName.resolve(directory, raw);
    }

    static String utf8(String text) {
        return RawName.ofUnicode(text);
    }

    SortRequest request() {
        return new SortRequest(
                sourceText,
                outputText,
                base,
                base,
                workers,
                failOnError,
                new SortOptions(mode, collisions, keep, prune, force, dryRun, plan, replay, keepRuns),
                layout,
                new Surroundings(extras -> FactProcessesIT.classPath(), reports, null),
                new WorkerCode(classPath(), base.resolve("cache")));
    }

    SortPlaces places() throws IOException {
        return SortPlaces.of(sourceText, outputText, base, true);
    }

    SortResult sort() throws IOException, InterruptedException {
        return sorter(this).run();
    }

    FileSorter sorter(BuildLog log) {
        return new FileSorter(request(), use, log);
    }

    SortHistory history(String run) {
        return new SortHistory(new HistoryRequest(outputText, run, base, base, true), this);
    }

    String fail() {
        return assertThrows(SortFailedException.class, this::sort).getMessage();
    }

    /** What a worker needs: the classes of the plugin and of the primitives. */
    static List<Path> classPath() {
        return Stream.of(FileSorter.class, ProcessPool.class)
                .map(type -> Path.of(
                        type.getProtectionDomain().getCodeSource().getLocation().getPath()))
                .toList();
    }

    /** The raw paths of all that is in the output, except what is the goal's own, with the content as text. */
    Map<String, String> sorted() throws IOException {
        return tree(output);
    }

    static Map<String, String> tree(Path root) throws IOException {
        Map<String, String> files = new TreeMap<>();
        if (!Files.exists(root)) {
            return files;
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.toList()) {
                String name = RawName.of(root.relativize(path));
                if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && !name.startsWith(".procession/")) {
                    files.put(name, new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
                }
            }
        }
        return files;
    }

    /** Content, permissions and time of all files, by their raw paths; of what is the goal's own only what was kept. */
    static Map<String, String> stamps(Path root) throws IOException {
        Map<String, String> stamps = new TreeMap<>();
        for (Map.Entry<String, String> file : tree(root).entrySet()) {
            Path path = at(root, file.getKey());
            stamps.put(
                    file.getKey(),
                    file.getValue().hashCode() + " " + file.getValue().length() + " "
                            + Files.getLastModifiedTime(path) + " "
                            + (path.getFileSystem()
                                            .supportedFileAttributeViews()
                                            .contains("posix")
                                    ? Files.getPosixFilePermissions(path)
                                    : ""));
        }
        return stamps;
    }

    /** What the goal keeps for itself. */
    List<String> own() throws IOException {
        try (Stream<Path> all = Files.list(output.resolve(".procession"))) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    /** Of names to contents that are the names they had. */
    static Map<String, String> map(String... namesAndContents) {
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < namesAndContents.length; i += 2) {
            map.put(namesAndContents[i], namesAndContents[i + 1]);
        }
        return map;
    }

    /** The same bytes in the same number, whatever their names. */
    static List<String> contents(Map<String, String> tree) {
        String[] contents = tree.values().toArray(String[]::new);
        Arrays.sort(contents);
        return List.of(contents);
    }

    @Override
    public void info(String line) {
        // A machine that is busy with other things may need so long that progress is told.
        if (!line.startsWith("sorting: ")) {
            throw new AssertionError("the engine returns its result, it does not log it: " + line);
        }
    }

    @Override
    public void warn(String line) {
        warnings.add(line);
    }

    @Override
    public void debug(String line) {
        details.add(line);
    }

    @Override
    public boolean debugs() {
        return true;
    }
}
