package dev.procession.internal.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every label of the sources stands in docs/crash-safety.md, and no other does. */
class CrashSafetyPageTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z.-]+)` \\|");

    @Test
    void page_hasEveryLabel() throws IOException {
        SortedSet<String> described = new TreeSet<>();
        Matcher rows = ROW.matcher(Files.readString(Path.of("..", "docs", "crash-safety.md")));
        while (rows.find()) {
            described.add(rows.group(1));
        }
        assertEquals(FaultLabels.inSources(""), described);
    }
}
