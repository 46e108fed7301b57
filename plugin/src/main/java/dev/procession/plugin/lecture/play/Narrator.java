package dev.procession.plugin.lecture.play;

import dev.procession.plugin.lecture.Check;
import dev.procession.plugin.lecture.Line;
import dev.procession.plugin.lecture.Measurement;
import dev.procession.plugin.lecture.Performance;
import dev.procession.plugin.lecture.Texts;
import dev.procession.plugin.lecture.Topic;
import dev.procession.plugin.report.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Puts an example and what happened in it into lines to be read, in one language. */
record Narrator(Texts texts) {
    /** Characters; with Maven's prefix it still fits into a terminal of 120. */
    private static final int WIDTH = 110;

    List<String> introduction(Topic topic) {
        List<String> lines = new ArrayList<>();
        lines.add(title(topic));
        say(topic, lines, "point", "watch");
        lines.add("  " + texts.of("transcript"));
        return lines;
    }

    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(" ");
        for (String word : text.split(" ", -1)) {
            if (line.length() + word.length() >= WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder("   ");
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    String title(Topic topic) {
        return topic.number() + " " + topic.name() + ": " + texts.of(topic, "title");
    }

    /**
     * Such as {@code 0.21 s  Process-1  | hello}; what came by standard error has an exclamation mark. The heading of a
     * part has a line of its own.
     */
    String line(Topic topic, Line line) {
        if (line.isHeading()) {
            return "    -- " + texts.of(topic, "part." + line.text()) + " --";
        }
        return String.format(
                Locale.ROOT,
                "    %6s  %-12s %s %s",
                Amount.seconds(line.nanos()),
                line.process(),
                line.error() ? "!" : "|",
                line.text());
    }

    List<String> outcome(Performance performance) {
        Topic topic = performance.topic();
        List<String> lines = new ArrayList<>();
        performance.mishap().ifPresent(what -> lines.add("  " + texts.of("broken") + ": " + what));
        lines.add("  " + texts.of("checks"));
        for (Check check : performance.checks()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "    %-8s %s: %s",
                    texts.of(check.holds() ? "ok" : "broken"),
                    texts.of(topic, "check." + check.key()),
                    check.holds()
                            ? check.observed()
                            : texts.of("expected") + " " + check.expected() + ", " + texts.of("observed") + " "
                                    + check.observed()));
        }
        if (!performance.measurements().isEmpty()) {
            lines.add("  " + texts.of("measurements"));
        }
        for (Measurement measurement : performance.measurements()) {
            lines.add(measured(topic, measurement));
        }
        if (performance.problems(texts).isEmpty()) {
            explain(topic, lines);
        }
        return lines;
    }

    /** Only where all holds: otherwise something else has happened. */
    private void explain(Topic topic, List<String> lines) {
        say(topic, lines, "happened", "why");
        for (int i = 1; texts.has(topic, "question." + i); i++) {
            lines.addAll(wrapped("? " + texts.of(topic, "question." + i)));
            lines.addAll(wrapped("  " + texts.of(topic, "answer." + i)));
        }
    }

    private void say(Topic topic, List<String> lines, String... keys) {
        for (String key : keys) {
            if (texts.has(topic, key)) {
                lines.addAll(wrapped(texts.of(key) + ": " + texts.of(topic, key)));
            }
        }
    }

    private String measured(Topic topic, Measurement measurement) {
        return "    " + texts.time(measurement.nanos()) + "  " + texts.of(topic, "measured." + measurement.key()) + " ("
                + (measurement.isUnusual() ? texts.of("unusual") + "; " : "") + texts.usual(measurement) + ")";
    }
}
