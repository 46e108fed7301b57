package dev.procession.plugin.lecture;

import dev.procession.process.ChildOptions;
import dev.procession.process.ChildProcess;
import dev.procession.process.ChildSpares;
import dev.procession.process.ChildTask;
import dev.procession.process.ChildTuning;
import dev.procession.session.Session;
import dev.procession.session.SessionOptions;
import dev.procession.timeline.Timeline;
import dev.procession.timeline.TimelineEvent;
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

    /** A killed process is gone within milliseconds. */
    private static final Duration END = Duration.ofSeconds(5);

    private static final long GLANCE_MILLIS = 2;

    /** Booted while the example is introduced; more of them would take the processors from those that play. */
    private static final int SPARES = 2;

    private final List<Path> classPath;
    private final Speed speed;
    private final Transcript transcript;
    private final Path directory;
    private final List<ChildProcess> children = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private final List<Measurement> measurements = new ArrayList<>();
    private final Session session;
    private final ChildSpares spares;
    private @Nullable Timeline timeline;
    private boolean closed;

    Stage(List<Path> classPath, Speed speed, Transcript transcript) throws IOException {
        this(classPath, speed, transcript, Session.create(SessionOptions.standard().recording(true)));
    }

    /** One whose session is made elsewhere; this process's part in it ends with the stage. */
    Stage(List<Path> classPath, Speed speed, Transcript transcript, Session session) throws IOException {
        this.classPath = classPath;
        this.speed = speed;
        this.transcript = transcript;
        this.directory = Files.createTempDirectory("procession-demo");
        this.session = session;
        this.spares = ChildSpares.keep(SPARES, jvm().output(transcript::add).build());
    }

    double speed() {
        return speed.factor();
    }

    /** The lecture's code and more, as it travels. */
    ArrayList<String> codeWith(List<Path> more) {
        ArrayList<String> all = new ArrayList<>();
        Stream.concat(classPath.stream(), more.stream()).map(Path::toString).distinct().forEach(all::add);
        return all;
    }

    /** For the child that plays an example instead of this process. */
    ChildOptions.Builder hostOptions(List<String> code) {
        return ChildOptions.builder()
                .name(MAIN)
                .classPath(code.stream().map(Path::of).toList())
                .inheritJvmOptions(false)
                .output(transcript::add);
    }

    /** What a process has printed that is a child of a child. */
    void heard(String process, boolean error, String text) {
        transcript.add(process, error, text);
    }

    /** What makes one child's JVM as good as another's. */
    private ChildOptions.Builder jvm() {
        return ChildOptions.builder()
                .classPath(classPath)
                .inheritJvmOptions(false)
                .tuning(ChildTuning.BRIEF_FROM_SPARE)
                .jvmOption("-Xmx64m");
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
        return jvm().name(name).spares(spares).output(transcript::add);
    }

    /** Takes a child that was made elsewhere under the care of this stage. */
    public synchronized <T extends ChildProcess> T watch(T child) {
        if (closed) {
            throw new IllegalStateException("the example is over: no child may be started any more");
        }
        children.add(child);
        return child;
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
        return lines().stream().map(Line::text).filter(List.of(wanted)::contains).toList();
    }

    /** What several children have printed, of one after the other. */
    public List<String> printedBy(List<ChildProcess> several) {
        return several.stream().flatMap(child -> printedBy(child).stream()).toList();
    }

    /** How children have ended. */
    public List<Integer> codes(List<ChildProcess> several) {
        return several.stream().map(child -> child.exitCode().orElseThrow()).toList();
    }

    /** What main and all children have printed, in the order in which it arrived. */
    public List<Line> lines() {
        return transcript.lines();
    }

    /** Takes down a check that holds when what was seen equals what must be. */
    public void check(String key, Object expected, Object observed) {
        check(key, Objects.equals(expected, observed), expected, observed);
    }

    public synchronized void check(String key, boolean holds, Object expected, Object observed) {
        checks.add(new Check(key, holds, String.valueOf(expected), String.valueOf(observed)));
    }

    /**
     * Takes down a time that is shown, and decides nothing.
     *
     * @param from the shortest that is usual
     * @param to the longest that is usual; beyond these it is shown as unusual
     */
    public synchronized void measured(String key, long nanos, Duration from, Duration to) {
        measurements.add(new Measurement(key, nanos, from.toNanos(), to.toNanos()));
    }

    synchronized List<Check> checks() {
        return List.copyOf(checks);
    }

    synchronized List<Measurement> measurements() {
        return List.copyOf(measurements);
    }

    /**
     * The same, from the event record: the time from the last event of {@code from} to the first one of {@code to} that
     * comes after it. Nothing is taken down if the record has lost one of them.
     */
    public void measured(String key, Timeline from, Timeline to, Duration usualFrom, Duration usualTo) {
        List<TimelineEvent> begins = from.events();
        if (begins.isEmpty()) {
            return;
        }
        TimelineEvent begin = begins.get(begins.size() - 1);
        to.events().stream()
                .filter(event -> event.sequence() > begin.sequence())
                .findFirst()
                .ifPresent(end -> measured(key, end.nanos() - begin.nanos(), usualFrom, usualTo));
    }

    /** What the event record says; all of it once the stage is closed. */
    public synchronized Timeline timeline() {
        return timeline == null ? session.timeline() : timeline;
    }

    @Override
    public void close() {
        List<ChildProcess> all;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            all = List.copyOf(children);
        }
        List<ChildProcess> running = all.stream().filter(ChildProcess::isAlive).toList();
        running.forEach(ChildProcess::kill);
        spares.close();
        boolean interrupted = false;
        for (ChildProcess child : running) {
            interrupted |= !awaitEnd(child);
        }
        transcript.close();
        synchronized (this) {
            timeline = session.timeline();
        }
        session.close();
        delete();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void delete() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean awaitEnd(ChildProcess child) {
        try {
            child.join(END);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
