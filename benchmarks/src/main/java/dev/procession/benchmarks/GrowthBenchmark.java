package dev.procession.benchmarks;

import dev.procession.benchmarks.PairContender.Cost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What things cost as the work grows: workers, messages, files, modules. */
final class GrowthBenchmark implements Suite {
    private static final List<Integer> WORKERS = List.of(1, 2, 4, 8);
    private static final List<Integer> BYTES = List.of(1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000);
    private static final List<Integer> FILES = List.of(100, 1_000, 10_000, 100_000, 1_000_000);
    private static final List<Integer> MODULES = List.of(10, 100, 1_000, 10_000);

    /** What goes through in a round, whatever the length of a message. */
    private static final int BYTES_OF_ROUND = 200_000_000;

    private static final int MOST_MESSAGES = 20_000;

    /** The rows of long ones vary by four times: both processes may come to share a processor, or not. */
    private static final int MESSAGE_ROUNDS = 9;

    private static final int WARM_MILLIS = 2_000;
    private static final int TASKS = 400;
    private static final int FEW_FILES = 10_000;
    private static final int FILE_ROUNDS = 7;
    private static final int FEW_MODULES = 100;

    /** In which a JVM comes to its usual speed. */
    private static final int WARM_RUNS = 30;

    private static final int FILE_BYTES = 100;
    private static final int FILES_OF_FOLDER = 200;
    private static final String PYTHON = PythonPrimitives.NAME;

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public String title() {
        return "As the work grows";
    }

    @Override
    public void measure(Setting setting, Report report) throws Exception {
        workers(setting, report);
        messages(setting, report);
        files(setting, report);
        modules(setting, report);
    }

    private static List<Integer> upTo(Setting setting, List<Integer> sizes) {
        return setting.smoke() ? sizes.subList(0, 2) : sizes;
    }

    private static void workers(Setting setting, Report report) throws Exception {
        Growth growth = new Growth("workers", "Tasks of 1 ms over workers", "workers", "microseconds for a task");
        int rounds = setting.of(5, 1);
        try (PythonPrimitives python = PythonPrimitives.ifHere(setting.python("pool.py"), report)) {
            for (int workers : upTo(setting, WORKERS)) {
                try (PoolContender ours = PoolBenchmark.work(workers)) {
                    for (int round = setting.of(-2, 0); round < rounds; round++) {
                        int tasks = setting.of(TASKS, 4);
                        Cost cost = ours.run(tasks);
                        Cost peer = python == null ? null : python.run("work-" + workers, tasks);
                        if (round >= 0) {
                            growth.add(ours.name(), workers, cost.nanos() / 1_000);
                            if (peer != null) {
                                growth.add(PYTHON, workers, peer.nanos() / 1_000);
                            }
                        }
                    }
                }
            }
        }
        growth.tell(
                report,
                rounds + " rounds of " + TASKS + " tasks, which keep a processor busy; this machine has "
                        + Runtime.getRuntime().availableProcessors() + ".");
    }

    private static void messages(Setting setting, Report report) throws Exception {
        Growth queue = new Growth("queue", "Messages through a queue", "bytes", "microseconds for a message");
        Growth pipe = new Growth("pipe", "Messages through a pipe", "bytes", "microseconds for a message");
        try (PythonPrimitives python = PythonPrimitives.ifHere(setting.python("primitives.py"), report)) {
            for (int bytes : upTo(setting, BYTES)) {
                int times = setting.of(Math.max(4, Math.min(MOST_MESSAGES, BYTES_OF_ROUND / bytes)), 4);
                messages(setting, queue, bytes, times, Pairs.queueOf(bytes), python, "queue_of-" + bytes);
                messages(setting, pipe, bytes, times, Pairs.messagesOf(bytes), python, "pipe_of-" + bytes);
            }
        }
        String text = "medians of " + MESSAGE_ROUNDS
                + " rounds after one of each, and two seconds of ours, that do not count; about 200 MB, and at most"
                + " 20,000 messages, go through in a round.";
        queue.tell(report, text);
        pipe.tell(report, text);
    }

    private static void messages(
            Setting setting,
            Growth growth,
            int bytes,
            int times,
            PairContender ours,
            @org.jspecify.annotations.Nullable PythonPrimitives python,
            String request)
            throws Exception {
        try (ours) {
            warm(setting, ours, times);
            for (int round = setting.of(-1, 0); round < setting.of(MESSAGE_ROUNDS, 1); round++) {
                List<String> all = python == null ? List.of(ours.name()) : List.of(ours.name(), PYTHON);
                for (String who : Turns.of(round, all)) {
                    Cost cost = python != null && who.equals(PYTHON) ? python.run(request, times) : ours.run(times);
                    if (round >= 0) {
                        growth.add(who, bytes, cost.nanos() / 1_000);
                    }
                }
            }
        }
    }

    /** However few messages there are of a long one: code that is not compiled yet would be measured otherwise. */
    private static void warm(Setting setting, PairContender ours, int times) throws Exception {
        long end = System.nanoTime() + setting.of(WARM_MILLIS, 0) * 1_000_000L;
        while (System.nanoTime() - end < 0) {
            ours.run(times);
        }
    }

    private static void files(Setting setting, Report report) throws Exception {
        Growth growth = new Growth("files", "Files sorted", "files", "milliseconds");
        Path place = SortBenchmark.memoryOr(setting.directory("sort"));
        warmSorting(setting, place);
        try (Commands commands = new Commands(setting, setting.work().resolve("growth.log"))) {
            for (int files : upTo(setting, FILES)) {
                Corpus corpus = corpus(files);
                int rounds = setting.of(files > FEW_FILES ? 1 : FILE_ROUNDS, 1);
                // The tree itself, and one copy at a time.
                if (corpus.footprint() * 2 > Room.bytes(place, true)) {
                    report.note(
                            String.format(Locale.ROOT, "%,d files are left out: there is no room for them.", files));
                    continue;
                }
                Path directory = Files.createTempDirectory(place, "procession-growth-");
                try {
                    Path source = directory.resolve("source");
                    corpus.make(source);
                    Outputs outputs = new Outputs(directory);
                    for (int round = 0; round < rounds; round++) {
                        Path copy = outputs.next();
                        growth.add(
                                "`cp -r`",
                                files,
                                commands.run(directory, List.of("cp", "-r", source.toString(), copy.toString()))
                                        .millis());
                        for (String workers : List.of("0", "2")) {
                            Tree.delete(copy);
                            copy = outputs.next();
                            growth.add(
                                    "sort-files, workers " + workers,
                                    files,
                                    SortBenchmark.sort(setting, source, copy, workers)
                                            .millis());
                        }
                        Tree.delete(copy);
                    }
                } finally {
                    Tree.delete(directory);
                }
            }
        }
        growth.tell(
                report,
                "files of " + FILE_BYTES + " bytes in folders of " + FILES_OF_FOLDER
                        + ", in memory, in a warm JVM; " + FILE_ROUNDS
                        + " rounds up to 10,000 files, one above. No more than a million: ten of them would not"
                        + " fit into the memory of this machine.");
    }

    private static Corpus corpus(int files) {
        return new Corpus("tiny", files, FILE_BYTES, Math.max(1, files / FILES_OF_FOLDER));
    }

    /** The first rows are of so little work that it would be that of a JVM which still compiles. */
    private static void warmSorting(Setting setting, Path place) throws Exception {
        Path directory = Files.createTempDirectory(place, "procession-growth-");
        try {
            Path source = directory.resolve("source");
            corpus(setting.of(FEW_FILES, 10)).make(source);
            Outputs outputs = new Outputs(directory);
            for (int i = 0; i < setting.of(WARM_RUNS, 0); i++) {
                SortBenchmark.sort(setting, source, outputs.next(), "0");
                outputs.clear();
            }
        } finally {
            Tree.delete(directory);
        }
    }

    private static void modules(Setting setting, Report report) throws Exception {
        Growth growth = new Growth("modules", "Modules bundled", "modules", "milliseconds");
        WarmBundler warm = new WarmBundler(setting);
        String esbuild = warm.esbuild().toString();
        Path directory = setting.work().resolve("growth");
        int rounds = setting.of(3, 1);
        Path few = directory.resolve("few");
        Scripts.makeModules(few, setting.of(FEW_MODULES, 10));
        for (int i = 0; i < setting.of(WARM_RUNS, 0); i++) {
            warm.bundle(few, few.resolveSibling("few-" + i));
        }
        try (Commands commands = new Commands(setting, setting.work().resolve("growth.log"))) {
            for (int modules : upTo(setting, MODULES)) {
                Path sources = directory.resolve("modules-" + modules);
                Scripts.makeModules(sources, modules);
                Outputs outputs = new Outputs(sources.resolveSibling("made-" + modules));
                for (int round = setting.of(-1, 0); round < rounds; round++) {
                    double alone = commands.run(
                                    sources,
                                    List.of(
                                            esbuild,
                                            "index.js",
                                            "--bundle",
                                            "--minify",
                                            "--sourcemap",
                                            "--format=esm",
                                            "--log-level=warning",
                                            "--outdir=" + outputs.next()))
                            .millis();
                    double ours = warm.bundle(sources, outputs.next()).millis();
                    Path output = outputs.next();
                    warm.bundle(sources, output);
                    double again = warm.bundle(sources, output).millis();
                    if (round >= 0) {
                        growth.add("esbuild alone", modules, alone);
                        growth.add("bundle-js", modules, ours);
                        growth.add("bundle-js, nothing changed", modules, again);
                    }
                }
            }
        } finally {
            Tree.delete(directory);
        }
        growth.tell(
                report,
                "medians of " + rounds
                        + " rounds after one that does not count, in a warm JVM; modules of about 1 KiB.");
    }
}
