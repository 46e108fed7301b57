package dev.procession.plugin.sort.settings;

import dev.procession.plugin.report.NearestName;
import dev.procession.plugin.report.Shown;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Understands what the user typed into the elements of the configuration, and notes each thing to be mended. */
public final class Choices {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,15})(?:\\.([0-9]{1,3}))?\\s*([A-Za-z]*)");

    private final List<String> problems;

    public Choices(List<String> problems) {
        this.problems = problems;
    }

    /** One of some words, the first when nothing was said. */
    String word(String element, @Nullable String typed, List<String> words) {
        if (typed == null || typed.isBlank()) {
            return words.get(0);
        }
        String text = typed.trim();
        if (words.contains(text)) {
            return text;
        }
        NearestName nearest = new NearestName(text.toLowerCase(Locale.ROOT));
        words.forEach(nearest::consider);
        String last = words.get(words.size() - 1);
        problem(
                element,
                "must be "
                        + (words.size() == 1
                                ? last
                                : String.join(", ", words.subList(0, words.size() - 1)) + " or " + last),
                typed
                        + nearest.nearest()
                                .map(name -> "; did you mean " + name + "?")
                                .orElse(""));
        return words.get(0);
    }

    /** A whole number from 1 on. */
    long count(String element, @Nullable String typed, long otherwise) {
        if (typed == null || typed.isBlank()) {
            return otherwise;
        }
        String text = typed.trim();
        if (text.matches("[0-9]{1,12}") && Long.parseLong(text) > 0) {
            return Long.parseLong(text);
        }
        problem(element, "must be a number from 1 on", typed);
        return otherwise;
    }

    /** A size in bytes. */
    long size(String element, @Nullable String typed, long otherwise) {
        if (typed == null || typed.isBlank()) {
            return otherwise;
        }
        Matcher matcher = SIZE.matcher(typed.trim());
        long unit = matcher.matches() ? unit(matcher.group(3)) : 0;
        if (unit > 0) {
            double bytes =
                    Double.parseDouble(matcher.group(1) + "." + (matcher.group(2) == null ? "0" : matcher.group(2)))
                            * unit;
            if (bytes < Long.MAX_VALUE) {
                return Math.round(bytes);
            }
        }
        problem(element, "must be a size such as 500, 100 kB, 1.5 GB or 2 GiB", typed);
        return otherwise;
    }

    private static long unit(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "", "b" -> 1;
            case "k", "kb" -> 1_000;
            case "m", "mb" -> 1_000_000;
            case "g", "gb" -> 1_000_000_000;
            case "t", "tb" -> 1_000_000_000_000L;
            case "kib" -> 1L << 10;
            case "mib" -> 1L << 20;
            case "gib" -> 1L << 30;
            case "tib" -> 1L << 40;
            default -> 0;
        };
    }

    void problem(String element, String rule, String typed) {
        problems.add("<" + element + "> " + rule + ": " + element + "=" + Shown.text(typed));
    }
}
