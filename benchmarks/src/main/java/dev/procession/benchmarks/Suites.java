package dev.procession.benchmarks;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the suites that are asked for, one after the other. */
final class Suites {
    private static final List<Suite> ALL = List.of(
            new StartBenchmark(),
            new PrimitivesBenchmark(),
            new PoolBenchmark(),
            new ManagerBenchmark(),
            new BundleBenchmark(),
            new SortBenchmark(),
            new WorkersBenchmark(),
            new GrowthBenchmark());

    private static final String FIRST_COMPILER_ALONE = "-XX:TieredStopAtLevel=1";

    private Suites() {}

    /**
     * Measures and writes.
     *
     * @param arguments the suites with commas between them, the number of rounds of the suite {@code start}, whether it is a
     *     smoke run, the directory of the scripts, the Markdown file, the directory for JSON and all that is made, the
     *     root of the repository, the local Maven repository, the version
     */
    public static void main(String[] arguments) throws Exception {
        List<Suite> asked;
        try {
            asked = suites(arguments[0]);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
            return;
        }
        Path page = Path.of(arguments[4]).normalize();
        Path json = Files.createDirectories(Path.of(arguments[5])).toRealPath();
        Setting setting = new Setting(
                Boolean.parseBoolean(arguments[2]),
                Integer.parseInt(arguments[1]),
                Path.of(arguments[3]).toAbsolutePath().normalize(),
                Path.of(arguments[6]).toRealPath(),
                json.resolve("bench"),
                Path.of(arguments[7]),
                arguments[8]);
        if (!setting.smoke()
                && ManagementFactory.getRuntimeMXBean().getInputArguments().contains(FIRST_COMPILER_ALONE)) {
            System.err.println("Only the profile bench measures (-Pbench): the JVM would be a slower one than usual: "
                    + FIRST_COMPILER_ALONE);
            System.exit(1);
            return;
        }
        boolean first = true;
        for (Suite suite : asked) {
            Load load = setting.smoke() ? Load.look() : first ? Load.settled() : Load.now();
            first = false;
            run(suite, setting, load, page, json.resolve(suite.name() + ".json"));
        }
    }

    private static List<Suite> suites(String typed) {
        Map<String, Suite> all = new LinkedHashMap<>();
        ALL.forEach(suite -> all.put(suite.name(), suite));
        List<Suite> asked = new ArrayList<>();
        for (String name : typed.split(",", -1)) {
            Suite suite = all.get(name.strip());
            if (suite == null) {
                throw new IllegalArgumentException(
                        "bench.suite must be of " + String.join(", ", all.keySet()) + ": bench.suite=" + typed);
            }
            asked.add(suite);
        }
        return asked;
    }

    private static void run(Suite suite, Setting setting, Load load, Path page, Path json) throws Exception {
        System.out.println("Suite " + suite.name() + ". " + load);
        long begin = System.nanoTime();
        Report report = new Report(suite.title());
        suite.measure(setting, report);
        String section = report.section(load);
        long seconds = (System.nanoTime() - begin) / 1_000_000_000;
        if (setting.smoke()) {
            System.out.println("Suite " + suite.name() + ": everything ran, in " + seconds
                    + " s. It was a smoke run: its numbers mean nothing and are not shown.");
            return;
        }
        System.out.println(section);
        System.out.println("Suite " + suite.name() + " took " + seconds + " s.");
        Files.writeString(json, report.json(load));
        report.writePlots(json.resolveSibling("images"));
        if (load.isQuiet()) {
            Page.write(page, section);
            report.writePlots(page.resolveSibling("images"));
        } else {
            System.out.println(page + " is left as it is: the machine was busy.");
        }
    }
}
