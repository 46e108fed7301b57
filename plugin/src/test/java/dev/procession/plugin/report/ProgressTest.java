package dev.procession.plugin.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final long SECOND = 1_000_000_000L;

    private final List<String> lines = new ArrayList<>();
    private long now = 7 * SECOND;

    private final BuildLog log = new BuildLog() {
        @Override
        public void info(String line) {
            lines.add(line);
        }

        @Override
        public void warn(String line) {
            throw new AssertionError(line);
        }

        @Override
        public void debug(String line) {
            throw new AssertionError(line);
        }

        @Override
        public boolean debugs() {
            return false;
        }
    };

    @Test
    void add_withoutATerminal_tellsEveryFiveSecondsAtMost() {
        try (Progress progress = new Progress("sorting", 10_000, 1_000_000_000L, log, null, () -> now)) {
            for (int i = 0; i < 100; i++) {
                now += SECOND / 10;
                progress.add(50, 5_000_000);
            }
        }
        assertEquals(
                List.of(
                        "sorting: 2,500 of 10,000 files, 250 MB of 1.0 GB, 500 files/s, 50.0 MB/s, 15 s left",
                        "sorting: 5,000 of 10,000 files, 500 MB of 1.0 GB, 500 files/s, 50.0 MB/s, 10 s left"),
                lines);
    }

    @Test
    void add_shortWork_saysNothing() {
        try (Progress progress = new Progress("sorting", 10, 10, log, null, () -> now)) {
            now += 4 * SECOND;
            progress.add(10, 10);
        }
        assertEquals(List.of(), lines);
    }

    @Test
    void add_totalsUnknown_saysNothingOfTheRest() {
        Progress progress = new Progress("looking", 0, 0, log, null, () -> now);
        now += 5 * SECOND;
        progress.add(1, 1_000);
        assertEquals(List.of("looking: 1 file, 0 files/s, 0.0 MB/s"), lines);
        progress.close();
    }

    @Test
    void add_muchIsLeft_isSaidInMinutesAndHours() {
        Progress progress = new Progress("sorting", 1000, 0, log, null, () -> now);
        now += 10 * SECOND;
        progress.add(100, 0);
        now += 10_000 * SECOND;
        progress.add(100, 0);
        assertEquals("sorting: 100 of 1,000 files, 10 files/s, 0.0 MB/s, 1 min 30 s left", lines.get(0));
        assertEquals("sorting: 200 of 1,000 files, 0 files/s, 0.0 MB/s, 11 h 7 min left", lines.get(1));
        progress.close();
    }

    @Test
    void add_onATerminal_writesOverOneLineAndTakesItAway() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LiveLine live = new TerminalLine(new PrintStream(bytes, true, StandardCharsets.US_ASCII));
        try (Progress progress = new Progress("sorting", 10, 0, log, live, () -> now)) {
            now += SECOND;
            progress.add(5, 0);
            now += SECOND / 10;
            progress.add(1, 0);
            live.show("short");
        }
        String line = "sorting: 5 of 10 files, 5 files/s, 0.0 MB/s, 1 s left";
        assertEquals(
                "\r" + line + "\rshort" + " ".repeat(line.length() - 5) + "\r     \r",
                bytes.toString(StandardCharsets.US_ASCII));
        assertEquals(List.of(), lines);
    }
}
