package dev.procession.benchmarks;

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

/** What a suite found: a section of the page for people, and the same as JSON for programs. */
final class Report {
    private final String title;
    private final List<String> notes = new ArrayList<>();
    private final List<Bar> bars = new ArrayList<>();
    private final StringBuilder tables = new StringBuilder(4096);
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> plots = new LinkedHashMap<>();

    Report(String title) {
        this.title = title;
    }

    /** A sentence above all tables, such as what was left out; it is also said at once. */
    void note(String sentence) {
        System.out.println(sentence);
        notes.add(sentence);
    }

    void bar(Bar bar) {
        bars.add(bar);
    }

    /**
     * Begins a table.
     *
     * @param heading empty for none
     * @param text what a reader has to know of it, one line
     * @param header the first two lines of the table
     */
    void table(String heading, String text, String header) {
        tables.append('\n');
        if (!heading.isEmpty()) {
            tables.append("### ").append(heading).append("\n\n");
        }
        tables.append(text).append("\n\n").append(header).append('\n');
    }

    /** Lines of the table that was begun last, each with its line break. */
    void rows(String rows) {
        tables.append(rows);
    }

    /** A picture as SVG, by the name of its file, which the table names. */
    void plot(String file, String svg) {
        plots.put(file, svg);
    }

    /** Writes the pictures. */
    void writePlots(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (Map.Entry<String, String> plot : plots.entrySet()) {
            Files.writeString(directory.resolve(plot.getKey()), plot.getValue());
        }
    }

    /** A value for programs; {@code json} is written as it is. */
    void value(String name, String json) {
        values.put(name, json);
    }

    String section(Load load) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder(4096);
        text.append("## ")
                .append(title)
                .append("\n\n")
                .append(LocalDate.now(ZoneOffset.UTC))
                .append(". ")
                .append(Machine.describe())
                .append(".\n")
                .append(load)
                .append('\n');
        notes.forEach(note -> text.append(note).append('\n'));
        if (!bars.isEmpty()) {
            text.append('\n').append(Bar.HEADER);
            bars.forEach(bar -> text.append(bar.row()));
        }
        return text.append(tables).toString();
    }

    String json(Load load) throws IOException, InterruptedException {
        List<String> parts = new ArrayList<>();
        values.forEach((name, value) -> parts.add(quoted(name) + ": " + value));
        List<String> barParts = new ArrayList<>();
        for (Bar bar : bars) {
            barParts.add(String.format(
                    Locale.ROOT,
                    "{\"what\": %s, \"limit\": %s, \"measured\": %s, \"between\": [%s, %s], \"holds\": %s}",
                    quoted(bar.what()),
                    bar.limit(),
                    finite(bar.measured().value()),
                    finite(bar.measured().low()),
                    finite(bar.measured().high()),
                    bar.holds()));
        }
        List<String> noteParts = new ArrayList<>();
        notes.forEach(note -> noteParts.add(quoted(note)));
        return "{\"date\": \"" + LocalDate.now(ZoneOffset.UTC) + "\", \"machine\": " + quoted(Machine.describe())
                + ", \"load\": " + load.value() + ",\n\"notes\": [" + String.join(", ", noteParts) + "],\n\"bars\": ["
                + String.join(",\n", barParts) + "],\n\"values\": {" + String.join(",\n", parts) + "}}\n";
    }

    private static String finite(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "null";
    }

    static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
