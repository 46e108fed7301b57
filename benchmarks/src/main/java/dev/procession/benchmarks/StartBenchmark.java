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
import java.util.Objects;

/** How long it takes to start and join an empty child, beside a bare JVM and CPython's three ways. */
final class StartBenchmark implements Suite {
    private static final int WARM_UP_ROUNDS = 3;
    private static final String SPAWN = "spawn";
    private static final String FORKSERVER = "forkserver";
    private static final String COLD = "`ChildProcess`, cold";
    private static final String ARCHIVED = COLD + ", with a class-data archive";
    private static final String SPARE = "`ChildProcess`, from a spare";
    private static final ChildTuning BRIEF = ChildTuning.BRIEF_FROM_SPARE;
    private static final String BRIEF_SPARE = SPARE + " with `" + String.join(" ", BRIEF.jvmOptions()) + "`";

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
        ChildOptions briefly =
                ChildOptions.builder().classDataArchive(archive).tuning(BRIEF).build();
        ChildSpares spares = ChildSpares.keep(2, archived);
        ChildSpares briefSpares = ChildSpares.keep(2, briefly);
        List<Contender> contenders = new ArrayList<>();
        contenders.add(new BareJava());
        contenders.add(new EmptyChild(COLD, plain, null));
        contenders.add(new EmptyChild(ARCHIVED, archived, null));
        contenders.add(new EmptyChild(
                SPARE,
                ChildOptions.builder().classDataArchive(archive).spares(spares).build(),
                spares));
        contenders.add(new EmptyChild(
                BRIEF_SPARE,
                ChildOptions.builder()
                        .classDataArchive(archive)
                        .tuning(BRIEF)
                        .spares(briefSpares)
                        .build(),
                briefSpares));
        if (PythonProcess.isHere()) {
            for (String method : List.of(SPAWN, FORKSERVER, "fork")) {
                contenders.add(new PythonProcess(method, script));
            }
        } else {
            report.note("python3 is not on the path: its ways are left out.");
        }
        return contenders;
    }

    private static Map<String, Samples> measure(List<Contender> contenders, int warmUp, int rounds)
            throws IOException, InterruptedException {
        Map<String, Samples> samples = new LinkedHashMap<>();
        for (int round = -warmUp; round < rounds; round++) {
            for (Contender contender : Turns.of(round, contenders)) {
                double millis = contender.run();
                contender.settle();
                if (round >= 0) {
                    samples.computeIfAbsent(contender.name(), key -> new Samples())
                            .add(millis);
                }
            }
        }
        return samples;
    }

    private static void tell(Map<String, Samples> samples, int rounds, Report report) {
        for (String cold : List.of(COLD, ARCHIVED)) {
            bar(samples, cold, BareJava.NAME, 1.5, report);
            bar(samples, cold, PythonProcess.name(SPAWN), 1, report);
        }
        for (String spare : List.of(SPARE, BRIEF_SPARE)) {
            bar(samples, spare, PythonProcess.name(FORKSERVER), 1, report);
        }
        report.table(
                "",
                rounds + " rounds after " + WARM_UP_ROUNDS
                        + " that do not count; each round runs every line once. Milliseconds of wall time.",
                "| what | median | least | most | median ratio to `java` |\n|---|---:|---:|---:|---:|");
        samples.forEach((name, measured) -> {
            report.value(name, measured.json());
            report.rows(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.1f | %.2f |%n",
                    name,
                    measured.median(),
                    measured.least(),
                    measured.most(),
                    ratio(samples, name, BareJava.NAME).value()));
        });
    }

    private static void bar(Map<String, Samples> samples, String name, String other, double limit, Report report) {
        if (samples.containsKey(other)) {
            report.bar(Bar.atMost(name + ", to " + other, limit, " x", ratio(samples, name, other)));
        }
    }

    /** Of the wall times within the rounds. */
    private static Middle ratio(Map<String, Samples> samples, String name, String other) {
        return Objects.requireNonNull(samples.get(name))
                .ratiosTo(Objects.requireNonNull(samples.get(other)))
                .middle();
    }
}
