package dev.procession.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Work that keeps processors busy, by whole builds with child processes and without: what is in a file, which files are the
 * same, compressing. Where {@code workers} is 0, duplicates are looked for by threads of the build's JVM; what may parse anything
 * and what is native has one child process all the same.
 */
final class WorkersBenchmark implements Suite {
    private static final List<String> WORKERS = List.of("0", "1", "2", "auto");
    private static final int ROUNDS = 5;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(100);
    private static final int BUNDLES = 12;

    private static final String POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>dev.procession.bench</groupId>
              <artifactId>compressed</artifactId>
              <version>1</version>
              <properties><out>target</out></properties>
              <build>
                <directory>${out}</directory>
                <plugins>
                  <plugin>
                    <groupId>dev.procession</groupId>
                    <artifactId>procession-maven-plugin</artifactId>
                    <version>%s</version>
                    <configuration>
                      <sourceDirectory>src</sourceDirectory>
                      <bundles>%s</bundles>
                    </configuration>
                  </plugin>
                </plugins>
              </build>
            </project>
            """;

    private static final String BUNDLE = """
            <bundle>
              <includes><include>part-%d/**/*.js</include></includes>
              <output>part-%d.js</output>
              <compress><format>gzip</format><format>brotli</format></compress>
            </bundle>
            """;

    @Override
    public String name() {
        return "workers";
    }

    @Override
    public String title() {
        return "Heavy work, by workers";
    }

    @Override
    public void measure(Setting setting, Report report) throws Exception {
        if (!Commands.has("mvn")) {
            report.note("mvn is not on the path: nothing was measured.");
            return;
        }
        Path place = SortBenchmark.memoryOr(setting.directory("workers"));
        Path directory = Files.createTempDirectory(place, "procession-bench-");
        try (Commands commands = new Commands(setting, setting.work().resolve("workers.log"))) {
            MavenRuns maven = MavenRuns.ofThisBuild(setting, commands);
            Corpus mixed = new Corpus("small", setting.of(8_000, 50), 2_000, setting.of(80, 5));
            Corpus same = new Corpus("middling", setting.of(4_000, 50), 256 << 10, setting.of(40, 5));
            Builds builds = new Builds(setting, maven, report);
            builds.sort(mixed, "sorted by what is in them", "-Dprocession.sort.layout=content", directory);
            builds.sort(same, "of one size, duplicates looked for", "-Dprocession.sort.collisions=dedupe", directory);
            builds.compress(directory.resolve("compress"));
        } finally {
            Tree.delete(directory);
        }
    }

    /** Whole builds that differ in their workers. */
    private record Builds(Setting setting, MavenRuns maven, Report report) {

        void sort(Corpus corpus, String what, String option, Path directory) throws Exception {
            Path source = directory.resolve(corpus.name());
            corpus.make(source);
            String heading =
                    String.format(Locale.ROOT, "%,d files of %,d bytes, %s", corpus.files(), corpus.bytes(), what);
            try {
                measure(
                        heading,
                        directory.resolve(corpus.name() + "-out"),
                        setting.work(),
                        (output, workers) -> List.of(
                                MavenRuns.PLUGIN + ":" + setting.version() + ":sort-files",
                                option,
                                "-Dprocession.sort.source=" + source,
                                "-Dprocession.sort.output=" + output,
                                "-Dprocession.workers=" + workers));
            } finally {
                Tree.delete(source);
            }
        }

        void compress(Path directory) throws Exception {
            int scripts = setting.of(150, 10);
            StringBuilder bundles = new StringBuilder();
            for (int i = 0; i < BUNDLES; i++) {
                Scripts.makePlain(directory.resolve("src/part-" + i), scripts);
                bundles.append(BUNDLE.formatted(i, i));
            }
            Files.writeString(directory.resolve("pom.xml"), POM.formatted(setting.version(), bundles));
            String heading = String.format(
                    Locale.ROOT, "%d bundles of %,d files joined, compressed by gzip and Brotli", BUNDLES, scripts);
            measure(
                    heading,
                    directory.resolve("out"),
                    directory,
                    (output, workers) -> List.of(
                            MavenRuns.PLUGIN + ":" + setting.version() + ":bundle-js",
                            "-Dout=" + output,
                            "-Dprocession.workers=" + workers));
        }

        /** The arguments of a build into an output, with so many workers. */
        private interface Build {
            List<String> with(Path output, String workers);
        }

        private void measure(String heading, Path place, Path project, Build build) throws Exception {
            Outputs outputs = new Outputs(Files.createDirectories(place));
            Map<String, SpentTable.Run> contenders = new LinkedHashMap<>();
            for (String workers : WORKERS) {
                contenders.put(workers(workers), () -> maven.run(project, build.with(outputs.next(), workers)));
            }
            SpentTable table = new SpentTable(heading);
            int rounds = setting.of(ROUNDS, 1);
            table.measure(contenders, new Repeats(setting.of(1, 0), rounds, Map.of(), MOST_NANOS), outputs::clear);
            report.bar(Bar.atMost(heading + ": 2 workers to 0", 1, " x", table.wallRatio(workers("2"), workers("0"))));
            table.tell(report, "Milliseconds and MiB of whole builds; one round before them does not count.");
        }
    }

    private static String workers(String number) {
        return "`mvn`, workers " + number;
    }
}
