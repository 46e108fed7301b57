package dev.procession.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What several contenders used for the same thing, round by round; the first is what the others are compared with. */
final class SpentTable {
    private static final String HEADER =
            "| by | rounds | median | least | most | processor | peak memory | ratio |\n|---|---:|---:|---:|---:|---:|---:|---:|";

    private final String heading;
    private final Map<String, Samples> wall = new LinkedHashMap<>();
    private final Map<String, Samples> cpu = new LinkedHashMap<>();
    private final Map<String, Samples> peak = new LinkedHashMap<>();

    SpentTable(String heading) {
        this.heading = heading;
    }

    /** Something that is run once in each round. */
    interface Run {
        Spent once() throws Exception;
    }

    /** What is done between two rounds. */
    interface Cleaning {
        Cleaning NOTHING = () -> {};

        void clean() throws Exception;
    }

    /**
     * Runs all in turn, in the opposite order every second round.
     *
     * @param afterRound what makes room again; it is not measured
     */
    void measure(Map<String, Run> contenders, Repeats repeats, Cleaning afterRound) throws Exception {
        long begin = System.nanoTime();
        contenders.keySet().forEach(this::prepare);
        for (int round = -repeats.warmUp(); round < repeats.most(); round++) {
            if (round > 0 && System.nanoTime() - begin > repeats.mostNanos()) {
                break;
            }
            for (Map.Entry<String, Run> contender : Turns.of(round, List.copyOf(contenders.entrySet()))) {
                if (repeats.takesPart(contender.getKey(), round)) {
                    Spent spent = contender.getValue().once();
                    if (round >= 0) {
                        add(contender.getKey(), spent);
                    }
                }
            }
            afterRound.clean();
        }
    }

    /** The order of the rows is that of the contenders, whoever runs first. */
    private void prepare(String name) {
        wall.put(name, new Samples());
        cpu.put(name, new Samples());
        peak.put(name, new Samples());
    }

    private void add(String name, Spent spent) {
        of(wall, name).add(spent.millis());
        of(cpu, name).add(spent.cpuMillis());
        of(peak, name).add(spent.peakMebibytes());
    }

    boolean has(String name) {
        return wall.containsKey(name);
    }

    /** Milliseconds of wall time. */
    Samples wall(String name) {
        return of(wall, name);
    }

    /** Milliseconds of processor time. */
    Samples cpu(String name) {
        return of(cpu, name);
    }

    /** The ratio of wall times within the rounds. */
    Middle wallRatio(String name, String other) {
        return wall(name).ratiosTo(wall(other)).middle();
    }

    /** The ratio of processor times within the rounds. */
    Middle cpuRatio(String name, String other) {
        return cpu(name).ratiosTo(cpu(other)).middle();
    }

    /** The most memory that it has had in any round. */
    double mostPeakMebibytes(String name) {
        return of(peak, name).most();
    }

    private static Samples of(Map<String, Samples> all, String name) {
        Samples samples = all.get(name);
        if (samples == null) {
            throw new IllegalStateException("not measured: " + name);
        }
        return samples;
    }

    void tell(Report report, String text) {
        report.table(heading, text, HEADER);
        String first = wall.keySet().iterator().next();
        List<String> parts = new ArrayList<>();
        wall.forEach((name, samples) -> {
            report.rows(String.format(
                    Locale.ROOT,
                    "| %s | %d | %.1f | %.1f | %.1f | %s | %s | %s |%n",
                    name,
                    samples.count(),
                    samples.median(),
                    samples.least(),
                    samples.most(),
                    known(of(cpu, name).median(), "%.0f"),
                    known(of(peak, name).median(), "%.0f"),
                    name.equals(first)
                            ? ""
                            : String.format(
                                    Locale.ROOT, "%.2f", wallRatio(name, first).value())));
            parts.add(Report.quoted(name) + ": {\"millis\": " + samples.json() + ", \"cpuMillis\": "
                    + of(cpu, name).json() + ", \"peakMebibytes\": "
                    + of(peak, name).json() + "}");
        });
        report.value(heading, "{" + String.join(",\n ", parts) + "}");
    }

    private static String known(double value, String format) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "";
    }
}
