package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a build ended and what it said.
 *
 * @param command what was run, for failure messages
 * @param exitCode Maven's
 * @param log both output streams, line by line
 */
record BuildResult(String command, int exitCode, List<String> log) {
    private static final Pattern STACK_TRACE = Pattern.compile(
            "^(\\[\\w+] )?\\s+at [\\w.$/@]+\\(.*\\)$|^(\\[\\w+] )?Caused by: .*|^Exception in thread .*");

    BuildResult assertSuccess() {
        assertEquals(0, exitCode, this::toString);
        return this;
    }

    BuildResult assertFailure() {
        if (exitCode == 0) {
            fail("the build should have failed: " + this);
        }
        assertNoStackTrace();
        return this;
    }

    /** The first line that contains all of {@code parts}. */
    String line(String... parts) {
        return lines(parts)
                .findFirst()
                .orElseGet(() -> fail("no line of the log contains all of " + List.of(parts) + ": " + this));
    }

    Stream<String> lines(String... parts) {
        return log.stream().filter(line -> Stream.of(parts).allMatch(line::contains));
    }

    /** The lines that show something: Maven ends a log with an escape sequence that resets the colours. */
    List<String> text() {
        return log.stream()
                .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
                .filter(line -> !line.isBlank())
                .toList();
    }

    /** Asserts that the errors name each of {@code parts}, the first line that is an error among them. */
    void assertError(String... parts) {
        assertFailure();
        String errors = String.join("\n", lines("[ERROR]").toList());
        assertAll(Stream.of(parts)
                .map(part -> () -> assertTrue(errors.contains(part), () -> "no error names " + part + ": " + this)));
    }

    void assertNoStackTrace() {
        List<String> trace =
                log.stream().filter(line -> STACK_TRACE.matcher(line).find()).toList();
        assertTrue(trace.isEmpty(), () -> "a stack trace in the log: " + this);
    }

    @Override
    public String toString() {
        return command + "\nended with exit code " + exitCode + " and this log:\n" + String.join("\n", log);
    }
}
