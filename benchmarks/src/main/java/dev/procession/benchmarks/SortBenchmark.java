package dev.procession.benchmarks;

import dev.procession.benchmarks.SpentTable.Cleaning;
import dev.procession.plugin.sort.FileSorter;
import dev.procession.plugin.sort.SortRequest;
import dev.procession.plugin.sort.Surroundings;
import dev.procession.plugin.sort.settings.LayoutOptions;
import dev.procession.plugin.sort.settings.SortOptions;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What it costs to sort the files of a tree, beside copying it. */
final class SortBenchmark implements Suite {
    /** There workers begin at once, since they compare contents, and they copy as well. */
    private static final String DEDUPE = "sort-files in a warm JVM, workers 2 from the start (dedupe)";

    private static final String COPY = "`cp -r`";
    private static final List<String> WORKERS = List.of("0", "1", "2", "auto");
    private static final String BARE = "a bare copy in Java, two threads";
    private static final int LARGE_FILES = 8;
    private static final int WARM_RUNS = 5;

    /** After this no further round of a table begins: all of them together are to be over in ten minutes. */
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(200);

    /** As many as make the numbers of bars repeat, and as the time allows. */
    private static final Repeats SMALL = new Repeats(1, 5, each(30, "0", "1", "2", "auto"), MOST_NANOS);

    private static final Repeats TINY = new Repeats(0, 1, each(6, "0", "2", "auto"), MOST_NANOS);
    private static final Repeats LARGE = new Repeats(1, 3, each(15, "0", "1", "2", "auto"), MOST_NANOS);
    private static final Repeats ONCE = new Repeats(0, 1, Map.of(), MOST_NANOS);

    private static final int MOST_LARGE_BYTES = 96 << 20;

    @Override
    public String name() {
        return "sort";
    }

    @Override
    public String title() {
        return "Sort";
    }

    @Override
    public void measure(Setting setting, Report report) throws Exception {
        Path disk = setting.directory("sort");
        Path shared = Path.of("/dev/shm");
        boolean inMemory = Files.isWritable(shared);
        if (!inMemory) {
            report.note("There is no /dev/shm: everything is on the disk.");
        }
        if (!Commands.has("rsync")) {
            report.note("rsync is not on the path: it is left out.");
        }
        Corpus small = new Corpus("small", setting.of(20_000, 100), 2_000, setting.of(200, 5));
        Corpus tiny = new Corpus("tiny", setting.of(200_000, 200), 100, setting.of(1_000, 5));
        Corpus large = new Corpus("large", LARGE_FILES, largeBytes(setting, inMemory ? shared : disk), 2);
        try (Commands commands = new Commands(setting, setting.work().resolve("sort.log"))) {
            Maker maker = new Maker(setting, commands);
            if (inMemory) {
                smallInMemory(maker.measure(small, shared, setting.smoke() ? ONCE : SMALL, Peers.ALL, report), report);
                tinyInMemory(maker.measure(tiny, shared, setting.smoke() ? ONCE : TINY, Peers.BARE, report), report);
                if (!setting.smoke()) { // it is the same with other sizes
                    largeInMemory(maker.measure(large, shared, LARGE, Peers.BARE, report), report);
                }
            }
            // What is written to the disk has to be deleted too: of a disk that deletes a thousand files a second,
            // 200,000 tiny ones, copied by five, would have the suite go on for half an hour.
            if (!inMemory || !setting.smoke()) {
                maker.measure(small, disk, ONCE, Peers.NONE, report);
            }
        }
        report.note("That 5 million empty files stay below 256 MB in all is shown by ManyFilesIT in the profile long.");
    }

    private static void smallInMemory(SpentTable table, Report report) {
        report.bar(Bar.atMost(
                "20 k small files in memory, no worker, to `cp -r`", 1, " x", table.wallRatio(ours("0"), COPY)));
        if (table.has(BARE)) {
            report.bar(Bar.atMost("the same to a bare copy in Java", 1.5, " x", table.wallRatio(ours("0"), BARE)));
        }
        report.bar(Bar.atMost(
                "20 k small files in memory, 2 workers to none", 1.2, " x", table.wallRatio(ours("2"), ours("0"))));
        report.bar(Bar.atMost(
                "20 k small files in memory, auto to no worker", 1.05, " x", table.wallRatio(ours("auto"), ours("0"))));
    }

    private static void tinyInMemory(SpentTable table, Report report) {
        report.bar(Bar.atLeast(
                "`cp -r` of 200 k tiny files in memory to ours", 1.3, " x", table.wallRatio(COPY, ours("auto"))));
        report.bar(Bar.atMost(
                "200 k tiny files in memory, 2 workers to none", 1, " x", table.wallRatio(ours("2"), ours("0"))));
        double peak = table.mostPeakMebibytes(DEDUPE);
        if (Double.isFinite(peak)) {
            report.bar(Bar.atMost("memory of a worker, 200 k tiny files", 96, " MiB", Middle.known(peak)));
        }
    }

    private static void largeInMemory(SpentTable table, Report report) {
        report.bar(Bar.atLeast(
                "`cp -r` of large files in memory to ours", 1.3, " x", table.wallRatio(COPY, ours("auto"))));
    }

    /** So large that all copies of a round fit beside each other. */
    private static int largeBytes(Setting setting, Path place) throws IOException {
        long copies = WORKERS.size() + 3L + 1;
        return (int) Math.min(setting.of(MOST_LARGE_BYTES, 1 << 16), Room.bytes(place, true) / copies / LARGE_FILES);
    }

    /** A file system in memory where there is one, else another place. */
    static Path memoryOr(Path disk) {
        Path shared = Path.of("/dev/shm");
        return Files.isWritable(shared) ? shared : disk;
    }

    /** Sorts a tree in this JVM. */
    static Spent sort(Setting setting, Path source, Path output, String workers) throws Exception {
        return sort(setting, source, output, workers, SortOptions.DEFAULT);
    }

    private static Spent sort(Setting setting, Path source, Path output, String workers, SortOptions options)
            throws Exception {
        SortRequest request = new SortRequest(
                source.toString(),
                output.toString(),
                output.resolveSibling(""),
                output.resolveSibling(""),
                workers,
                true,
                options,
                LayoutOptions.DEFAULT,
                Surroundings.NONE,
                EngineCode.forWorkers(setting));
        try (ChildPeaks peaks = new ChildPeaks()) {
            Spent spent = OwnProcessor.of(new FileSorter(request, SilentLog.INSTANCE)::run);
            return new Spent(spent.millis(), spent.cpuMillis(), peaks.mebibytes());
        }
    }

    /** So many rounds of those that bars compare. */
    private static Map<String, Integer> each(int rounds, String... workers) {
        Map<String, Integer> all = new HashMap<>(Map.of(COPY, rounds, BARE, rounds));
        for (String each : workers) {
            all.put(ours(each), rounds);
        }
        return Map.copyOf(all);
    }

    private static String ours(String workers) {
        return "sort-files in a warm JVM, workers " + workers;
    }

    /** Who takes part beside us. */
    private enum Peers {
        NONE,
        BARE,
        ALL
    }

    /** Measures one corpus in one place. */
    private record Maker(Setting setting, Commands commands) {

        SpentTable measure(Corpus corpus, Path place, Repeats repeats, Peers peers, Report report) throws Exception {
            Path directory = Files.createTempDirectory(place, "procession-bench-");
            try {
                Path source = directory.resolve("source");
                corpus.make(source);
                Outputs outputs = new Outputs(directory);
                warm(source, outputs, peers == Peers.ALL ? setting.of(WARM_RUNS, 0) : 0);
                boolean onDisk = !place.startsWith("/dev/shm");
                SpentTable table = new SpentTable(String.format(
                        Locale.ROOT,
                        "%,d %s files, %,d bytes each, %s",
                        corpus.files(),
                        corpus.name(),
                        corpus.bytes(),
                        onDisk ? "on the disk" : "in memory"));
                Map<String, SpentTable.Run> contenders = contenders(source, outputs, peers);
                // Memory that was used before is as fast for the last round as for the first, and nobody waits for the
                // system while it is given back. A disk would be slower after it: there is one round.
                table.measure(contenders, repeats, onDisk ? Cleaning.NOTHING : outputs::clear);
                table.tell(
                        report,
                        "Milliseconds and MiB; each run into a fresh directory"
                                + (onDisk ? "." : ", and all of them deleted after each round.")
                                + (repeats.warmUp() == 0 ? "" : " One round before them does not count."));
                return table;
            } finally {
                Tree.delete(directory);
            }
        }

        /** The engine comes to its usual speed here, once: else the contender that is first pays for all. */
        private void warm(Path source, Outputs outputs, int runs) throws Exception {
            for (int i = 0; i < runs; i++) {
                Path output = outputs.next();
                sort(setting, source, output, "0");
                Tree.delete(output);
            }
        }

        private Map<String, SpentTable.Run> contenders(Path source, Outputs outputs, Peers peers) throws IOException {
            Map<String, SpentTable.Run> contenders = new LinkedHashMap<>();
            contenders.put(COPY, () -> run(outputs, "cp", "-r", source.toString()));
            for (String workers : WORKERS) {
                contenders.put(ours(workers), () -> sort(setting, source, outputs.next(), workers));
            }
            if (peers != Peers.NONE
                    && FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                contenders.put(BARE, () -> BareCopy.run(source, outputs.next()));
            }
            if (peers == Peers.BARE) {
                SortOptions dedupe =
                        new SortOptions("copy", "dedupe", List.of(), false, false, false, null, null, "all");
                contenders.put(DEDUPE, () -> sort(setting, source, outputs.next(), "2", dedupe));
            }
            if (peers != Peers.ALL) {
                return contenders;
            }
            if (Commands.has("rsync")) {
                contenders.put("`rsync -a`", () -> run(outputs, "rsync", "-a", source + "/"));
            }
            if (PythonProcess.isHere()) {
                String script = setting.python("sort.py").toString();
                contenders.put("a Python pool", () -> run(outputs, "python3", script, "pool", source.toString()));
                contenders.put(
                        "a Python process per folder",
                        () -> run(outputs, "python3", script, "folders", source.toString()));
            }
            if (Commands.has("mvn")) {
                MavenRuns maven = MavenRuns.ofThisBuild(setting, commands);
                String goal = MavenRuns.PLUGIN + ":" + setting.version() + ":sort-files";
                if (!setting.smoke()) {
                    contenders.put(
                            "`mvn`, the goal skipped",
                            () -> maven.run(setting.work(), List.of(goal, "-Dprocession.sort-files.skip=true")));
                }
                for (String workers : setting.smoke() ? List.of("0") : List.of("0", "auto")) {
                    contenders.put(
                            "`mvn`, sort-files, workers " + workers,
                            () -> maven.run(
                                    setting.work(),
                                    List.of(
                                            goal,
                                            "-Dprocession.sort.source=" + source,
                                            "-Dprocession.sort.output=" + outputs.next(),
                                            "-Dprocession.workers=" + workers)));
                }
            }
            return contenders;
        }

        /** A command whose last argument is the output. */
        private Spent run(Outputs outputs, String... command) throws IOException, InterruptedException {
            List<String> words = new ArrayList<>(List.of(command));
            words.add(outputs.next().toString());
            return commands.run(setting.work(), words);
        }
    }
}
