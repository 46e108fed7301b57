package dev.procession.benchmarks;

import dev.procession.benchmarks.PairContender.Cost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What several pairs of processes need for the same thing. */
final class Comparison {
    private final String what;
    private final Map<String, Samples> nanos = new LinkedHashMap<>();
    private final Map<String, Samples> cpuNanos = new LinkedHashMap<>();

    Comparison(String what) {
        this.what = what;
    }

    void add(String contender, Cost cost) {
        nanos.computeIfAbsent(contender, name -> new Samples()).add(cost.nanos());
        cpuNanos.computeIfAbsent(contender, name -> new Samples()).add(cost.cpuNanos());
    }

    /** The ratio of one contender to another one within the rounds, by the order in which they were added. */
    Middle ratio(int contender, int other) {
        List<Samples> all = new ArrayList<>(nanos.values());
        return all.get(contender).ratiosTo(all.get(other)).middle();
    }

    int contenders() {
        return nanos.size();
    }

    void rows(StringBuilder text) {
        Map.Entry<String, Samples> first = nanos.entrySet().iterator().next();
        nanos.forEach((contender, samples) -> text.append(String.format(
                Locale.ROOT,
                "| %s | %s | %.2f | %.2f | %.2f | %.2f | %s |%n",
                what,
                contender,
                samples.median() / 1000,
                samples.least() / 1000,
                samples.most() / 1000,
                cpu(contender) / 1000,
                contender.equals(first.getKey())
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "%.2f x %s",
                                samples.ratiosTo(first.getValue()).median(),
                                first.getKey()))));
    }

    private double cpu(String contender) {
        Samples samples = cpuNanos.get(contender);
        return samples == null ? Double.NaN : samples.median();
    }

    String json() {
        List<String> parts = new ArrayList<>();
        nanos.forEach((contender, samples) -> parts.add(Report.quoted(contender) + ": " + samples.json()));
        return "{" + String.join(", ", parts) + "}";
    }
}
