package dev.procession.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What several contenders used for the same thing, round by round; the first is what the others are compared with. */
final class SpentTable {
    private static final String HEADER =
            "| by | median | least | most | processor | peak memory | ratio |\n|---|---:|---:|---:|---:|---:|---:|";

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

    /** Runs all in turn; the first {@code warmUp} rounds do not count. */
    void measure(Map<String, Run> contenders, int warmUp, int rounds) throws Exception {
        measure(contenders, warmUp, rounds, Long.MAX_VALUE);
    }

    /**
     * Runs all in turn; the first {@code warmUp} rounds do not count. After a time no more rounds begin, but for the first
     * that counts.
     *
     * @return how many rounds count
     */
    int measure(Map<String, Run> contenders, int warmUp, int rounds, long mostNanos) throws Exception {
        long begin = System.nanoTime();
        int counted = 0;
        for (int round = -warmUp; round < rounds; round++) {
            if (counted > 0 && System.nanoTime() - begin > mostNanos) {
                break;
            }
            for (Map.Entry<String, Run> contender : contenders.entrySet()) {
                Spent spent = contender.getValue().once();
                if (round >= 0) {
                    String name = contender.getKey();
                    wall.computeIfAbsent(name, key -> new Samples()).add(spent.millis());
                    cpu.computeIfAbsent(name, key -> new Samples()).add(spent.cpuMillis());
                    peak.computeIfAbsent(name, key -> new Samples()).add(spent.peakMebibytes());
                }
            }
            counted += round >= 0 ? 1 : 0;
        }
        return counted;
    }

    boolean has(String name) {
        return wall.containsKey(name);
    }

    /** The median ratio of wall times. */
    double wallRatio(String name, String other) {
        return of(wall, name).medianRatioTo(of(wall, other));
    }

    /** The median ratio of processor times. */
    double cpuRatio(String name, String other) {
        return of(cpu, name).medianRatioTo(of(cpu, other));
    }

    double medianMillis(String name) {
        return of(wall, name).median();
    }

    double medianCpuMillis(String name) {
        return of(cpu, name).median();
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
                    "| %s | %.1f | %.1f | %.1f | %s | %s | %s |%n",
                    name,
                    samples.median(),
                    samples.least(),
                    samples.most(),
                    known(of(cpu, name).median(), "%.0f"),
                    known(of(peak, name).median(), "%.0f"),
                    name.equals(first) ? "" : String.format(Locale.ROOT, "%.2f", wallRatio(name, first))));
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
