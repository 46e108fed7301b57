package dev.procession.internal.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM that is killed when it comes to a label. */
final class Victim {
    private static final int KILLED = 128 + 9;

    private Victim() {}

    /**
     * Runs a main class until it is killed at the label, which it must be.
     *
     * @return the lines that it printed before
     */
    static List<String> run(Class<?> main, String dieAt, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Dprocession.dieAt=" + dieAt,
                main.getName()));
        command.addAll(List.of(arguments));
        Process victim = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> told = new ArrayList<>();
        try (BufferedReader lines = victim.inputReader()) {
            lines.lines().forEach(told::add);
        } finally {
            victim.destroyForcibly();
        }
        assertTrue(victim.waitFor(20, TimeUnit.SECONDS));
        String last = told.isEmpty() ? "nothing" : told.get(told.size() - 1);
        assertEquals(
                KILLED, victim.exitValue(), "exit value; not killed at " + dieAt + " of " + command + ", said " + last);
        return told;
    }
}
