package dev.procession.benchmarks;

import dev.procession.process.ChildOptions;
import dev.procession.process.ChildSpares;
import dev.procession.process.ChildTuning;
import dev.procession.process.ClassDataArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long it takes to start and join an empty child, beside a bare JVM and CPython's three ways. */
final class StartBenchmark implements Suite {
    private static final int WARM_UP_ROUNDS = 3;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String title() {
        return "Start and join of an empty process";
    }

    @Override
    public void measure(Setting setting, Report report) throws IOException, InterruptedException {
        int rounds = setting.of(setting.rounds(), 1);
        int warmUp = setting.of(WARM_UP_ROUNDS, 0);
        Path cache = Files.createTempDirectory("procession-bench");
        List<Contender> contenders = contenders(setting.python("start.py"), cache, report);
        try {
            tell(measure(contenders, warmUp, rounds), rounds, report);
        } finally {
            for (Contender contender : contenders) {
                contender.close();
            }
            Tree.delete(cache);
        }
    }

    private static List<Contender> contenders(Path script, Path cache, Report report)
            throws IOException, InterruptedException {
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
            report.note("python3 is not on the path: its ways are left out.");
        }
        return contenders;
    }

    private static Map<Contender, Samples> measure(List<Contender> contenders, int warmUp, int rounds)
            throws IOException, InterruptedException {
        Map<Contender, Samples> samples = new LinkedHashMap<>();
        for (int round = -warmUp; round < rounds; round++) {
            for (Contender contender : Turns.of(round, contenders)) {
                double millis = contender.run();
                contender.settle();
                if (round >= 0) {
                    samples.computeIfAbsent(contender, key -> new Samples()).add(millis);
                }
            }
        }
        return samples;
    }

    private static void tell(Map<Contender, Samples> samples, int rounds, Report report) {
        Samples bare = samples.values().iterator().next();
        report.table(
                "",
                rounds + " rounds after " + WARM_UP_ROUNDS
                        + " that do not count; each round runs every line once. Milliseconds of wall time.",
                "| what | median | least | most | median ratio to `java` |\n|---|---:|---:|---:|---:|");
        samples.forEach((contender, measured) -> {
            report.value(contender.name(), measured.json());
            report.rows(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.1f | %.2f |%n",
                    contender.name(),
                    measured.median(),
                    measured.least(),
                    measured.most(),
                    measured.ratiosTo(bare).median()));
        });
    }
}
