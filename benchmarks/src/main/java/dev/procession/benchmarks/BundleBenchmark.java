package dev.procession.benchmarks;

import dev.procession.benchmarks.SpentTable.Cleaning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What it costs to make bundles: joined ones, bundles of modules, and when nothing has changed. */
final class BundleBenchmark implements Suite {
    private static final String NODE = "a node script";
    private static final String ESBUILD = "esbuild alone";
    private static final String BARE = "`mvn`, no plugin";
    private static final String FLOOR = "`mvn`, the goal skipped";
    private static final String AGAIN = "`mvn`, bundle-js, its packages laid out before";
    private static final String WARM = "bundle-js in a warm JVM, as Maven's daemon has";
    private static final String IDLE = "`mvn`, a goal that does nothing";
    private static final String START = "`mvn`, a goal that only starts esbuild";
    private static final String OURS = "`mvn`, bundle-js";
    private static final String MVNPM = "`mvn`, " + BundleProject.MVNPM;
    private static final String FRONTEND = "`mvn`, " + BundleProject.FRONTEND;
    private static final int SCRIPTS = 3_000;
    private static final int MODULES = 1_000;
    /** Of what bars compare: 50 differences, which vary by 110 ms each, have a middle that varies by 16. */
    private static final int COMPARED_ROUNDS = 50;

    private static final int LIMIT_ROUNDS = 50;

    /** After so many the JVM has compiled what a bundle needs. */
    private static final int WARM_RUNS = 60;

    /** Of peers, which are several times as slow. */
    private static final int PEER_ROUNDS = 5;

    private static final long MOST_OF_THREE = TimeUnit.SECONDS.toNanos(480);
    private static final long MOST_OF_UNCHANGED = TimeUnit.SECONDS.toNanos(240);

    @Override
    public String name() {
        return "bundle";
    }

    @Override
    public String title() {
        return "Bundle";
    }

    @Override
    public void measure(Setting setting, Report report) throws Exception {
        Path directory = setting.work().resolve("bundle");
        Tree.delete(directory);
        Files.createDirectories(directory);
        try (Commands commands = new Commands(setting, setting.work().resolve("bundle.log"))) {
            WarmBundler warm = new WarmBundler(setting);
            join(setting, warm, commands, directory.resolve("join"), report);
            if (!Commands.has("mvn")) {
                report.note("mvn is not on the path: modules are left out.");
                return;
            }
            Path project = directory.resolve("three");
            boolean peers = !setting.smoke() && NodePeers.fetch(project, commands, report);
            MavenRuns maven =
                    setting.smoke() ? MavenRuns.ofThisBuild(setting, commands) : MavenRuns.withPeers(setting, commands);
            three(setting, warm, commands, maven, peers, project, report);
            unchanged(setting, maven, peers, directory.resolve("unchanged"), project, report);
        } finally {
            Tree.delete(directory);
        }
    }

    private static String ours(String workers) {
        return "bundle-js in a warm JVM, workers " + workers;
    }

    private static void join(Setting setting, WarmBundler warm, Commands commands, Path directory, Report report)
            throws Exception {
        int files = setting.of(SCRIPTS, 30);
        Path sources = directory.resolve("src");
        Scripts.makePlain(sources, files);
        OutputSizes outputs = new OutputSizes(new Outputs(directory));
        Map<String, SpentTable.Run> contenders = new LinkedHashMap<>();
        if (Commands.has("node")) {
            put(
                    contenders,
                    NODE,
                    outputs,
                    output -> commands.run(
                            directory,
                            List.of(
                                    "node",
                                    setting.javascript("concat.mjs").toString(),
                                    sources.toString(),
                                    output + "/shop.js")));
        } else {
            report.note("node is not on the path: its script is left out.");
        }
        put(contenders, "`cat`, without a map", outputs, output -> {
            Files.createDirectories(output);
            return commands.run(sources, List.of("sh", "-c", "cat */*.js > \"$0\"", output + "/shop.js"));
        });
        if (PythonProcess.isHere()) {
            put(
                    contenders,
                    "a Python pool",
                    outputs,
                    output -> commands.run(
                            directory,
                            List.of(
                                    "python3",
                                    setting.python("concat.py").toString(),
                                    sources.toString(),
                                    output + "/shop.js")));
        }
        for (String workers : List.of("0", "1", "2", "auto")) {
            put(contenders, ours(workers), outputs, output -> warm.join(sources, output, workers));
        }
        int rounds = setting.of(9, 1);
        int warmUp = setting.of(6, 0);
        SpentTable table = new SpentTable(String.format(Locale.ROOT, "%,d files joined, with a map", files));
        table.measure(contenders, new Repeats(warmUp, rounds, Map.of(), Long.MAX_VALUE), Cleaning.NOTHING);
        if (table.has(NODE)) {
            report.bar(Bar.atMost(
                    "processor time of joining 3,000 files with a map in a warm JVM, no worker, to a node script",
                    1,
                    " x",
                    table.cpuRatio(ours("0"), NODE)));
        }
        table.tell(report, counted(warmUp));
        outputs.tell(report, contenders.keySet());
    }

    /** A contender, and where it writes. */
    private interface Into {
        Spent run(Path output) throws Exception;
    }

    private static void put(Map<String, SpentTable.Run> contenders, String name, OutputSizes outputs, Into run) {
        contenders.put(name, () -> run.run(outputs.next(name)));
    }

    private static String counted(int warmUp) {
        return "Milliseconds and MiB; " + warmUp(warmUp) + "; each run into a fresh directory.";
    }

    private static String warmUp(int rounds) {
        return rounds == 1 ? "one round before them does not count" : rounds + " rounds before them do not count";
    }

    private static void three(
            Setting setting,
            WarmBundler warm,
            Commands commands,
            MavenRuns maven,
            boolean peers,
            Path directory,
            Report report)
            throws Exception {
        Path jar = WarmBundler.jar(setting, "org.webjars.npm", "three", BundleProject.THREE);
        String inJar = "META-INF/resources/webjars/three/" + BundleProject.THREE + "/";
        Unzip.below(jar, inJar, directory.resolve("node_modules/three"));
        Files.createDirectories(directory.resolve("src"));
        Files.writeString(
                directory.resolve("src/index.js"), "import * as THREE from 'three';\nwindow.THREE = THREE;\n");
        BundleProject project = new BundleProject(setting, directory, Map.of("three", BundleProject.THREE));
        OutputSizes outputs = new OutputSizes(new Outputs(directory));
        Path first = directory.resolve("first");
        maven.prepare(directory, project.ours().into(first));

        Map<String, SpentTable.Run> contenders = new LinkedHashMap<>();
        String esbuild = warm.esbuild().toString();
        put(contenders, ESBUILD, outputs, output -> commands.run(directory, alone(esbuild, output)));
        put(contenders, START, outputs, output -> project.run(maven, project.start(alone(esbuild, output)), output));
        contenders.put(IDLE, () -> project.run(maven, project.start(List.of()), first));
        put(contenders, OURS, outputs, output -> project.run(maven, project.ours(), output));
        contenders.put(FLOOR, () -> project.run(maven, project.floor(), first));
        AtomicInteger stamp = new AtomicInteger();
        contenders.put(AGAIN, () -> project.run(maven, project.oursAgain(stamp.incrementAndGet()), first));
        Path warmed = directory.resolve("warmed");
        for (int i = 0; i < setting.of(WARM_RUNS, 0); i++) {
            warm.bundle(directory.resolve("src"), warmed.resolve("out-" + i));
        }
        Tree.delete(warmed);
        put(contenders, WARM, outputs, output -> warm.bundle(directory.resolve("src"), output));
        contenders.put(BARE, () -> project.run(maven, project.bare(), first));
        if (peers) {
            contenders.putAll(NodePeers.contenders(directory, commands, outputs));
            project.linkNode();
            if (project.prepare(maven, project.frontend(), first, FRONTEND, report)) {
                put(contenders, FRONTEND, outputs, output -> project.run(maven, project.frontend(), output));
            }
        }
        if (!setting.smoke()) {
            // It knows packages of its own kind alone, so it gets them as sources.
            Path own = Files.createDirectories(directory.resolve("mvnpm"));
            Path sources = own.resolve("src");
            Unzip.below(jar, inJar + "build/", sources.resolve("three"));
            Files.writeString(
                    sources.resolve("index.js"),
                    "import * as THREE from './three/three.module.js';\nwindow.THREE = THREE;\n");
            BundleProject itsProject = new BundleProject(setting, own, Map.of());
            BundleProject.Goal goal = itsProject.mvnpm(sources);
            if (itsProject.prepare(maven, goal, own.resolve("first"), MVNPM, report)) {
                put(contenders, MVNPM, outputs, output -> itsProject.run(maven, goal, output));
            }
        }
        SpentTable table = new SpentTable("three.js " + BundleProject.THREE + " as a module, made small, with a map");
        Map<String, Integer> more = new HashMap<>();
        List.of(ESBUILD, OURS, FLOOR, AGAIN, WARM).forEach(name -> more.put(name, COMPARED_ROUNDS));
        List.of(START, IDLE).forEach(name -> more.put(name, LIMIT_ROUNDS));
        Repeats repeats = repeats(setting, more, MOST_OF_THREE);
        table.measure(contenders, repeats, Cleaning.NOTHING);
        report.bar(Bar.atMost(
                "processor time of bundle-js for three.js, over that of Maven with the goal skipped, to esbuild alone",
                1.3,
                " x",
                overEsbuild(table, OURS, FLOOR)));
        // For esbuild alone the packages were unpacked before, which bundle-js does for each new build directory.
        report.bar(Bar.atMost(
                "the same with the packages laid out before, as for esbuild alone",
                1.3,
                " x",
                overEsbuild(table, AGAIN, FLOOR)));
        report.bar(Bar.atMost(
                "the same in a JVM that is warm, as Maven's daemon has", 1.3, " x", table.cpuRatio(WARM, ESBUILD)));
        Middle least = overEsbuild(table, START, IDLE);
        report.note(String.format(
                Locale.ROOT,
                "A goal that only starts esbuild and waits for it costs %.2f x (%s) the processor time of esbuild alone, over"
                        + " that of a goal that does nothing. Meanwhile the JVM compiles, on the processor that is free.",
                least.value(),
                least.between("")));
        table.tell(report, counted(repeats.warmUp()));
        outputs.tell(report, contenders.keySet());
    }

    /** Whole runs of Maven, which differ by more than what is measured: only many of them say something. */
    private static Repeats repeats(Setting setting, Map<String, Integer> more, long mostNanos) {
        return setting.smoke() ? new Repeats(0, 1, Map.of(), mostNanos) : new Repeats(1, PEER_ROUNDS, more, mostNanos);
    }

    /** What one needs more than another one, in times of what esbuild needs alone: processor time. */
    private static Middle overEsbuild(SpentTable table, String name, String other) {
        double esbuild = table.cpu(ESBUILD).median();
        return table.cpu(name).minus(table.cpu(other)).middleOfDifferences().map(millis -> millis / esbuild);
    }

    private static List<String> alone(String esbuild, Path output) {
        return List.of(
                esbuild,
                "src/index.js",
                "--bundle",
                "--minify",
                "--sourcemap",
                "--format=esm",
                "--log-level=warning",
                "--outdir=" + output);
    }

    private static void unchanged(
            Setting setting, MavenRuns maven, boolean peers, Path directory, Path node, Report report)
            throws Exception {
        int modules = setting.of(MODULES, 20);
        Scripts.makeModules(directory.resolve("src"), modules);
        BundleProject project = new BundleProject(setting, directory, Map.of());
        Path output = directory.resolve("out");
        maven.prepare(directory, project.ours().into(output));
        Map<String, SpentTable.Run> contenders = new LinkedHashMap<>();
        contenders.put(BARE, () -> project.run(maven, project.bare(), output));
        contenders.put(OURS, () -> project.run(maven, project.ours(), output));
        contenders.put(FLOOR, () -> project.run(maven, project.floor(), output));
        if (peers) {
            Files.createSymbolicLink(directory.resolve("node_modules"), node.resolve("node_modules"));
            Files.copy(node.resolve("package.json"), directory.resolve("package.json"));
            project.linkNode();
            if (project.prepare(maven, project.frontend(), output, FRONTEND, report)) {
                contenders.put(FRONTEND, () -> project.run(maven, project.frontend(), output));
            }
        }
        if (!setting.smoke()) {
            Path own = directory.resolve("mvnpm");
            Scripts.makeModules(own.resolve("src"), modules);
            BundleProject itsProject = new BundleProject(setting, own, Map.of());
            BundleProject.Goal goal = itsProject.mvnpm(own.resolve("src"));
            if (itsProject.prepare(maven, goal, own.resolve("out"), MVNPM, report)) {
                contenders.put(MVNPM, () -> itsProject.run(maven, goal, own.resolve("out")));
            }
        }
        SpentTable table = new SpentTable(String.format(Locale.ROOT, "%,d modules, nothing changed", modules));
        Map<String, Integer> more = new HashMap<>();
        List.of(BARE, OURS, FLOOR).forEach(name -> more.put(name, COMPARED_ROUNDS));
        Repeats repeats = repeats(setting, more, MOST_OF_UNCHANGED);
        table.measure(contenders, repeats, Cleaning.NOTHING);
        report.bar(Bar.atMost(
                "bundle-js when nothing has changed, over Maven with the goal skipped",
                50,
                " ms",
                table.wall(OURS).minus(table.wall(FLOOR)).middleOfDifferences()));
        // Stricter: with what it takes to find and load the plugin.
        report.bar(Bar.atMost(
                "bundle-js when nothing has changed, over Maven without any plugin",
                50,
                " ms",
                table.wall(OURS).minus(table.wall(BARE)).middleOfDifferences()));
        table.tell(report, "Milliseconds and MiB; " + warmUp(repeats.warmUp()) + ". The peers bundle again.");
    }
}
