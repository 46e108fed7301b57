package dev.procession.benchmarks;

import dev.procession.process.ChildOptions;
import dev.procession.process.ChildSpares;
import dev.procession.process.ChildTuning;
import dev.procession.process.ClassDataArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long it takes to start and join an empty child, beside a bare JVM and CPython's three ways. */
final class StartBenchmark {
    private static final int WARM_UP_ROUNDS = 3;

    private StartBenchmark() {}

    /**
     * Measures and writes.
     *
     * @param rounds that count
     * @param script the Python script
     * @param smoke whether the page is left as it is
     * @param page the Markdown file
     */
    static void run(int rounds, Path script, boolean smoke, Path page) throws IOException, InterruptedException {
        Path cache = Files.createTempDirectory("procession-bench");
        List<Contender> contenders = contenders(script, cache);
        try {
            Map<Contender, Samples> samples = measure(contenders, rounds);
            String report = report(samples, rounds);
            System.out.println(report);
            if (!smoke) {
                Page.write(page, report);
            }
        } finally {
            for (Contender contender : contenders) {
                contender.close();
            }
            deleteCache(cache);
        }
    }

    private static List<Contender> contenders(Path script, Path cache) throws IOException, InterruptedException {
        ClassDataArchive archive = ClassDataArchive.prepare(cache);
        ChildOptions plain = ChildOptions.builder().build();
        ChildOptions archived = ChildOptions.builder().classDataArchive(archive).build();
        ChildTuning brief = ChildTuning.BRIEF_FROM_SPARE;
        ChildOptions briefly =
                ChildOptions.builder().classDataArchive(archive).tuning(brief).build();
        ChildSpares spares = ChildSpares.keep(2, archived);
        ChildSpares briefSpares = ChildSpares.keep(2, briefly);
        List<Contender> contenders = new ArrayList<>();
        contenders.add(new BareJava());
        contenders.add(new EmptyChild("`ChildProcess`, cold", plain, null));
        contenders.add(new EmptyChild("`ChildProcess`, cold, with a class-data archive", archived, null));
        contenders.add(new EmptyChild(
                "`ChildProcess`, from a spare",
                ChildOptions.builder().classDataArchive(archive).spares(spares).build(),
                spares));
        contenders.add(new EmptyChild(
                "`ChildProcess`, from a spare with `" + String.join(" ", brief.jvmOptions()) + "`",
                ChildOptions.builder()
                        .classDataArchive(archive)
                        .tuning(brief)
                        .spares(briefSpares)
                        .build(),
                briefSpares));
        if (PythonProcess.isHere()) {
            for (String method : List.of("spawn", "forkserver", "fork")) {
                contenders.add(new PythonProcess(method, script));
            }
        } else {
            System.err.println("python3 is not on the path: its ways are left out");
        }
        return contenders;
    }

    private static Map<Contender, Samples> measure(List<Contender> contenders, int rounds)
            throws IOException, InterruptedException {
        Map<Contender, Samples> samples = new LinkedHashMap<>();
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            for (Contender contender : contenders) {
                double millis = contender.run();
                contender.settle();
                if (round >= 0) {
                    samples.computeIfAbsent(contender, key -> new Samples()).add(millis);
                }
            }
        }
        return samples;
    }

    private static String report(Map<Contender, Samples> samples, int rounds) throws IOException, InterruptedException {
        Samples bare = samples.values().iterator().next();
        StringBuilder text = new StringBuilder(1024);
        text.append("## Start and join of an empty process\n\n")
                .append(LocalDate.now(ZoneOffset.UTC))
                .append(". ")
                .append(Machine.describe())
                .append(".\n")
                .append(rounds)
                .append(" rounds after ")
                .append(WARM_UP_ROUNDS)
                .append(" that do not count; each round runs every line once. Milliseconds of wall time.\n\n")
                .append("| what | median | least | most | median ratio to `java` |\n|---|---:|---:|---:|---:|\n");
        samples.forEach((contender, measured) -> text.append(String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f | %.2f |%n",
                contender.name(),
                measured.median(),
                measured.least(),
                measured.most(),
                measured.medianRatioTo(bare))));
        return text.toString();
    }

    private static void deleteCache(Path cache) throws IOException {
        List<Path> paths;
        try (var all = Files.walk(cache)) {
            paths = new ArrayList<>(all.toList());
        }
        java.util.Collections.reverse(paths);
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
