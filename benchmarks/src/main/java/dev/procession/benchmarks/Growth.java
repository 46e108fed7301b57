package dev.procession.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What something costs as it grows: a table and a plot of the medians. */
final class Growth {
    private final String id;
    private final String heading;
    private final String across;
    private final String up;
    private final Map<String, TreeMap<Long, Samples>> curves = new LinkedHashMap<>();

    /**
     * Nothing is known yet.
     *
     * @param id what the file of the plot is called
     * @param across what grows
     * @param up what is measured, and its unit
     */
    Growth(String id, String heading, String across, String up) {
        this.id = id;
        this.heading = heading;
        this.across = across;
        this.up = up;
    }

    void add(String contender, long size, double value) {
        curves.computeIfAbsent(contender, key -> new TreeMap<>())
                .computeIfAbsent(size, key -> new Samples())
                .add(value);
    }

    void tell(Report report, String text) throws IOException {
        Map<String, Map<Long, Double>> medians = new LinkedHashMap<>();
        SortedSet<Long> sizes = new TreeSet<>();
        curves.forEach((name, curve) -> {
            Map<Long, Double> points = new TreeMap<>();
            curve.forEach((size, samples) -> points.put(size, samples.median()));
            medians.put(name, points);
            sizes.addAll(points.keySet());
        });
        report.table(
                heading,
                up + "; " + text,
                "| " + across + " | " + String.join(" | ", medians.keySet()) + " |\n|---:|"
                        + "---:|".repeat(medians.size()));
        for (long size : sizes) {
            List<String> cells = new ArrayList<>();
            medians.values().forEach(points -> cells.add(points.containsKey(size) ? number(points.get(size)) : ""));
            report.rows(String.format(Locale.ROOT, "| %,d | %s |%n", size, String.join(" | ", cells)));
        }
        String name = "growth-" + id + ".svg";
        report.rows("\n![" + heading + ": " + up + " by " + across + "](images/" + name + ")\n");
        report.plot(name, new Plot(heading, across, up, medians).svg());
        List<String> parts = new ArrayList<>();
        curves.forEach((contender, curve) -> {
            List<String> points = new ArrayList<>();
            curve.forEach((size, samples) -> points.add("\"" + size + "\": " + samples.json()));
            parts.add(Report.quoted(contender) + ": {" + String.join(", ", points) + "}");
        });
        report.value(id, "{" + String.join(",\n ", parts) + "}");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 1 ? "%.3f" : value < 100 ? "%.2f" : "%,.0f", value);
    }
}
