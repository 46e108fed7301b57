package dev.procession.plugin.lecture;

import dev.procession.pool.PoolOptions;
import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildTask;
import dev.procession.session.Session;
import dev.procession.session.SessionOptions;
import dev.procession.timeline.Timeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where one example is played: it has a session for what the processes share, makes the children, hears what they print,
 * and takes the checks down. Closing it kills the children that still run, waits for their end, keeps the event record,
 * and deletes the session and the directory.
 */
public final class Stage implements AutoCloseable {
    /** The name of the process that starts the others. */
    public static final String MAIN = "main";

    /** Stands for a process in lines that begin a part: what it says is the key of the heading. */
    static final String PART = "";

    /** For lines that are expected at once; a JVM on a machine that is worn out may need seconds to come up. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final long GLANCE_MILLIS = 2;

    private final Speed speed;
    private final Transcript transcript;
    private final Path directory;
    private final Session session;
    private final Cast cast;
    private final Findings findings = new Findings();
    private final Object closing = new Object();
    private @Nullable Timeline timeline; // guarded by this

    Stage(Cast cast, Speed speed, Transcript transcript) throws IOException {
        this(
                cast,
                speed,
                transcript,
                Session.create(SessionOptions.standard().recording(true)),
                Files.createTempDirectory("procession-demo"));
    }

    /** One within another: its session and its directory are made elsewhere; what is its own in both goes with it. */
    Stage(Cast cast, Speed speed, Transcript transcript, Session session, Path directory) {
        this.cast = cast;
        this.speed = speed;
        this.transcript = transcript;
        this.directory = directory;
        this.session = session;
    }

    /** For a process that has a stage of its own: goes with this one, however that process ends. */
    Path directoryWithin() throws IOException {
        return Files.createTempDirectory(directory, "within");
    }

    Cast cast() {
        return cast;
    }

    double speed() {
        return speed.factor();
    }

    /** What a process has printed that is a child of a child. */
    void heard(String process, boolean error, String text) {
        transcript.add(process, error, text);
    }

    /** A child that is not started yet. It takes part in the session from its first moment on, and so has a lane. */
    public ChildProcess child(String name, ChildTask task) {
        return watch(ChildProcess.of(options(name).build(), notebook().whileRunning(task)));
    }

    /** Several of them, with numbers from 1 on behind the name. */
    public List<ChildProcess> children(int count, String name, IntFunction<ChildTask> task) {
        List<ChildProcess> made = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            made.add(child(name + number, task.apply(number)));
        }
        return made;
    }

    /** Starts all of them. */
    public void start(List<ChildProcess> several) {
        several.forEach(ChildProcess::start);
    }

    /** Waits until all of them have ended. */
    public void join(List<ChildProcess> several) throws InterruptedException {
        for (ChildProcess child : several) {
            child.join();
        }
    }

    /** Starts children, and waits until each of them has printed a line. */
    public void startAndAwait(List<ChildProcess> several, String line) throws InterruptedException, TimeoutException {
        start(several);
        for (ChildProcess child : several) {
            await(child, line);
        }
    }

    /** What every child here is started with; for children that are a class of their own, or daemons. */
    public ChildOptions.Builder options(String name) {
        return cast.options(name);
    }

    /** What a pool here is opened with: its workers' tasks stand in the event record. */
    public PoolOptions pool(String name, int workers) {
        return PoolOptions.builder()
                .name(name)
                .workers(workers)
                .worker(options(name).build())
                .recordedIn(session)
                .build();
    }

    /** Takes a child that was made elsewhere under the care of this stage. */
    public <T extends ChildProcess> T watch(T child) {
        return cast.watch(child);
    }

    /** What the processes share is made in it, and travels to the children in their fields and lambdas. It records. */
    public Session session() {
        return session;
    }

    /** What a child needs to write marks and spans of its own into the event record. */
    public Notebook notebook() {
        return new Notebook(session.path().toString());
    }

    /** A file of this example; it is not there yet, and goes with the stage. */
    public Path file(String name) {
        return directory.resolve(name);
    }

    public StartingGate gate() {
        return new StartingGate(directory);
    }

    /** A variant begins: how it is done right, what goes wrong, who dies. Its heading is the text {@code part.<key>}. */
    public void part(String key) {
        session.mark(key);
        transcript.add(PART, false, key);
    }

    /** A line of the main process. */
    public void say(String line) {
        transcript.add(MAIN, false, line);
    }

    /** How long a wait is at the speed that was asked for. */
    public Duration wait(Duration atSpeedOne) {
        return speed.of(atSpeedOne);
    }

    /** Waits until a child has printed a line. */
    public void await(ChildProcess child, String line) throws InterruptedException, TimeoutException {
        transcript.await(child.name(), line, PATIENCE);
    }

    /** Waits until something is so that other processes bring about; looks again and again, outside of the record. */
    public void until(String what, BooleanSupplier isSo) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("not within " + PATIENCE.toSeconds() + " s: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(GLANCE_MILLIS);
        }
    }

    /** What a child has printed to its standard output, line by line. */
    public List<String> printedBy(ChildProcess child) {
        return transcript.of(child.name());
    }

    /** Those of these lines that main or a child has printed, in the order in which they arrived. */
    public List<String> saidOf(String... wanted) {
        return lines().stream()
                .map(Line::text)
                .filter(List.of(wanted)::contains)
                .toList();
    }

    /** What several children have printed, of one after the other. */
    public List<String> printedBy(List<ChildProcess> several) {
        return several.stream().flatMap(child -> printedBy(child).stream()).toList();
    }

    /** How children have ended. */
    public List<Integer> codes(List<ChildProcess> several) {
        return several.stream().map(Stage::code).toList();
    }

    private static int code(ChildProcess child) {
        return child.exitCode()
                .orElseThrow(() -> new IllegalStateException("child \"" + child.name() + "\" "
                        + (child.isAlive()
                                ? "still runs, and has no exit code yet: join() it first"
                                : "was not started, and has no exit code: start() it, and join() it, first")));
    }

    /** What main and all children have printed, in the order in which it arrived. */
    public List<Line> lines() {
        return transcript.lines();
    }

    /** Takes down a check that holds when what was seen equals what must be. */
    public void check(String key, Object expected, Object observed) {
        check(key, Objects.equals(expected, observed), expected, observed);
    }

    public void check(String key, boolean holds, Object expected, Object observed) {
        findings.add(new Check(key, holds, String.valueOf(expected), String.valueOf(observed)));
    }

    /**
     * Takes down a time that is shown, and decides nothing.
     *
     * @param from the shortest that is usual
     * @param to the longest that is usual; beyond these it is shown as unusual
     */
    public void measured(String key, long nanos, Duration from, Duration to) {
        findings.add(new Measurement(key, nanos, from.toNanos(), to.toNanos()));
    }

    Findings findings() {
        return findings;
    }

    /**
     * The same, from the event record: the time from the last event of {@code from} to the first one of {@code to} that
     * comes after it. Nothing is taken down if the record has lost one of them.
     */
    public void measured(String key, Timeline from, Timeline to, Duration usualFrom, Duration usualTo) {
        findings.add(key, from, to, usualFrom, usualTo);
    }

    /** What the event record says; all of it once the stage is closed. */
    public synchronized Timeline timeline() {
        return timeline == null ? session.timeline() : timeline;
    }

    @Override
    public void close() {
        synchronized (closing) {
            if (session.isClosed()) {
                return;
            }
            cast.close();
            transcript.close();
            synchronized (this) {
                timeline = session.timeline();
            }
            session.close();
            try {
                deleteDirectory();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * For a JVM that was asked to end, as by Ctrl-C: its other threads go on meanwhile. What the library does by itself then
     * is not enough: it looks whether this process is the last one in the session, and the children may still be alive.
     */
    void endWithJvm() {
        try {
            close();
        } finally {
            try {
                session.close(); // also if its timeline cannot be read any more
                deleteDirectory();
            } catch (IOException e) {
                // Nobody is there any more who could be told.
            }
        }
    }

    private void deleteDirectory() throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
