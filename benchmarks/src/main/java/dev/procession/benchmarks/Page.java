package dev.procession.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The page of results: one section for each suite, which replaces its own and leaves the others as they are. */
final class Page {
    private static final String TITLE = """
            # Benchmarks

            Written by `mvn -Pbench -DskipTests -pl benchmarks -am verify`, which measures on your machine; `-Dbench.suite=...`
            names the suites: start, primitives, pool, manager, bundle, sort, workers, growth.

            Contenders take turns in one run, in the opposite order every second round, and those that a bar compares are
            neighbours. A ratio is one within a round, and what stands here is the median of the rounds. A difference is one within
            a round, too, and what stands here is the median of the means of any two rounds, which is steadier than the median, and
            much steadier than the difference of two medians. The column "between" says where this would lie in very many rounds,
            95 times of 100: by the order of the ratios, or the ranks of the differences (the least and the most where there are
            fewer than six rounds). A row that no bar needs may take part in the first rounds alone; its ratio is that of those.
            Where a row does not say to what its ratio is, it is the wall time's, to the first row of its table.

            """;

    private static final String HEADING = "## ";

    private Page() {}

    /** Writes a section that begins with its heading. */
    static void write(Path file, String section) throws IOException {
        Map<String, String> sections = new LinkedHashMap<>();
        if (Files.exists(file)) {
            for (String part : Files.readString(file).split("(?m)^(?=## )", -1)) {
                if (part.startsWith(HEADING)) {
                    sections.put(heading(part), part.strip());
                }
            }
        }
        sections.put(heading(section), section.strip());
        Files.writeString(file, TITLE + String.join("\n\n", sections.values()) + "\n");
    }

    private static String heading(String section) {
        return section.lines().findFirst().orElseThrow();
    }
}
