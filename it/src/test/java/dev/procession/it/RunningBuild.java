package dev.procession.it;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Maven that runs. Closing it ends it and all that it started. */
final class RunningBuild implements AutoCloseable {
    private final String command;
    private final Process process;
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final Thread reader;

    RunningBuild(String command, Process process) {
        this.command = command;
        this.process = process;
        reader = new Thread(this::read, "log of " + command);
        reader.setDaemon(true);
        reader.start();
    }

    /** The processes that Maven has started and that still run. */
    List<ProcessHandle> workers() {
        return process.descendants().filter(Processes::isRunning).toList();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    ProcessHandle maven() {
        return process.toHandle();
    }

    List<String> log() {
        return List.copyOf(log);
    }

    /** Waits for a line of its log that has a text in it. */
    String awaitLine(String part) throws Exception {
        return Eventually.found(
                MavenBuild.DEADLINE,
                () -> "no line with '" + part + "': " + new BuildResult(command, -1, log()),
                () -> log().stream().filter(line -> line.contains(part)).findFirst());
    }

    /** Waits for the end. */
    BuildResult await() throws InterruptedException {
        if (!process.waitFor(MavenBuild.DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
            fail("no end within " + MavenBuild.DEADLINE + ": " + new BuildResult(command, -1, log()));
        }
        // A process that outlives Maven may hold the pipe: the log is then what has arrived.
        reader.join(TimeUnit.SECONDS.toMillis(5));
        return new BuildResult(command, process.exitValue(), log());
    }

    @Override
    public void close() {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                log.add(line);
                line = lines.readLine();
            }
        } catch (IOException e) {
            if (process.isAlive()) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
