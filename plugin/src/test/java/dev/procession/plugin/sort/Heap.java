package dev.procession.plugin.sort;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.sort.failure.SortFailedException;
import dev.procession.plugin.sort.history.HistoryRequest;
import dev.procession.plugin.sort.history.SortHistory;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.SortPlaces;
import dev.procession.plugin.sort.settings.LayoutOptions;
import dev.procession.plugin.sort.settings.SortOptions;
import dev.procession.plugin.work.WorkerCode;
import dev.procession.plugin.work.WorkerUse;
import dev.procession.pool.ProcessPool;
import java.io.File;
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
public final class Heap implements BuildLog {
    public final Path base;
    public final Path source;
    public final Path output;
    public final List<String> warnings = new CopyOnWriteArrayList<>();
    final List<String> details = new CopyOnWriteArrayList<>();
    String workers = "0";
    WorkerUse use = WorkerUse.WHEN_IT_LASTS;
    boolean failOnError = true;
    public String sourceText = "in";
    String outputText = "out";
    public String mode = "copy";
    public String collisions = "rename";
    String keepRuns = "all";
    String replay;
    String plan;
    public boolean prune;
    boolean force;
    boolean dryRun;
    List<String> keep = List.of();
    LayoutOptions layout = LayoutOptions.DEFAULT;
    Path reports;

    public Heap(Path base) throws IOException {
        // The temporary directory may itself lie behind a link.
        this.base = base.toRealPath();
        this.source = Files.createDirectories(this.base.resolve("in"));
        this.output = this.base.resolve("out");
    }

    public Heap file(String name, String content) throws IOException {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file of the source, an hour old: so it is believed to be what it looks like. */
    public Heap file(String name, byte[] content) throws IOException {
        Path file = at(source, name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        age(file, 3600);
        return this;
    }

    /** Files whose content is their name. */
    public Heap files(String... names) throws IOException {
        for (String name : names) {
            file(name, name.getBytes(StandardCharsets.ISO_8859_1));
        }
        return this;
    }

    public static void age(Path file, long seconds) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(seconds)));
    }

    public static Path at(Path directory, String raw) {
        return RawName.resolve(directory, raw);
    }

    public static String utf8(String text) {
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
                new Surroundings(extras -> extras(), reports, null),
                new WorkerCode(classPath(), base.resolve("cache")));
    }

    public SortPlaces places() throws IOException {
        return SortPlaces.of(sourceText, outputText, base, true);
    }

    public SortResult sort() throws IOException, InterruptedException {
        return sorter(this).run();
    }

    FileSorter sorter(BuildLog log) {
        return new FileSorter(request(), use, log);
    }

    public SortHistory history(String run) {
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

    /** What the children need of what this JVM has: each further jar costs their start. */
    public static List<Path> extras() {
        List<Path> all = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(
                        path -> path.toString()
                                .matches(
                                        ".*(classes|primitives.*|procession-maven-plugin.*|tika.*|commons-.*|slf4j-api.*|metadata-extractor.*|xmpcore.*|xz.*|zstd.*)(\\.jar)?"))
                .toList();
        assertTrue(all.size() > 10, all::toString);
        return all;
    }

    /** The raw paths of all that is in the output, except what is the goal's own, with the content as text. */
    public Map<String, String> sorted() throws IOException {
        return tree(output);
    }

    public static Map<String, String> tree(Path root) throws IOException {
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
    public static Map<String, String> stamps(Path root) throws IOException {
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
    public List<String> own() throws IOException {
        try (Stream<Path> all = Files.list(output.resolve(".procession"))) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    /** Of names to contents that are the names they had. */
    public static Map<String, String> map(String... namesAndContents) {
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
