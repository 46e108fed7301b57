package dev.procession.internal.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The labels of {@link FaultPoint} that stand in the sources. */
public final class FaultLabels {
    private static final Pattern CALL = Pattern.compile("FaultPoint\\.reached\\(([^;]+)\\);");
    private static final Pattern TEXT = Pattern.compile("\"([^\"]+)\"");

    private FaultLabels() {}

    public static SortedSet<String> inSources(String prefix) throws IOException {
        SortedSet<String> labels = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                Matcher calls = CALL.matcher(Files.readString(file));
                while (calls.find()) {
                    Matcher texts = TEXT.matcher(calls.group(1)); // one of two, where the step has two outcomes
                    while (texts.find()) {
                        if (texts.group(1).startsWith(prefix)) {
                            labels.add(texts.group(1));
                        }
                    }
                }
            }
        }
        return labels;
    }
}
