package dev.procession.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the primitives cost, beside java.util.concurrent, CPython's multiprocessing, and a bare socket. */
final class PrimitivesBenchmark implements Suite {
    /** Many short ones: where a JVM happens to put things makes more difference than time does. */
    private static final int MICRO_ROUNDS = 5;

    /** Those that a bar compares to a hundredth, neighbours first. */
    private static final List<String> CLOSE = List.of("reentrantLock", "processLock", "unrecordedLock");

    private static final int CLOSE_ROUNDS = 25;

    private static final int PAIR_ROUNDS = 15;
    /** The first rounds of a pair compile it. */
    private static final int WARM_UP_ROUNDS = 2;

    private final Map<String, Samples> alone = new LinkedHashMap<>();

    @Override
    public String name() {
        return "primitives";
    }

    @Override
    public String title() {
        return "Primitives";
    }

    @Override
    public void measure(Setting setting, Report report) throws Exception {
        alone.clear();
        try (PythonPrimitives python = PythonPrimitives.ifHere(setting.python("primitives.py"), report)) {
            measureAlone(setting.smoke(), python);
            Rounds rounds = new Rounds(setting, WARM_UP_ROUNDS, PAIR_ROUNDS, python);
            measureTogether(rounds);
            tellBars(rounds, python != null, report);
            tellAlone(report);
            rounds.tell(report, "Two processes", "both");
        }
    }

    private void measureAlone(boolean smoke, @Nullable PythonPrimitives python) throws Exception {
        MicroRounds micro = new MicroRounds(smoke);
        int times = smoke ? 100 : 300_000;
        for (int round = 0; round < (smoke ? 1 : CLOSE_ROUNDS); round++) {
            micro.round(Turns.of(round, CLOSE));
            if (round < MICRO_ROUNDS) {
                micro.roundWithout(CLOSE);
                if (python != null) {
                    for (String what : List.of("lock", "rlock", "add", "array")) {
                        alone.computeIfAbsent(what, key -> new Samples())
                                .add(python.run(what, times).nanos());
                    }
                }
            }
        }
        alone.putAll(micro.samples());
    }

    private static void measureTogether(Rounds rounds) throws Exception {
        rounds.compare(
                "counter",
                "a counter under a lock, both add to it; one increment each",
                300_000,
                20_000,
                Pairs.counter());
        rounds.compare("semaphore", "semaphore, there and back", 50_000, 5_000, Pairs.semaphores(false));
        rounds.compare(
                "blocking", "the same, nobody spins or polls", 3_000, 0, Pairs.sockets(), Pairs.semaphores(true));
        rounds.compare("condition", "condition, two turns", 20_000, 2_000, Pairs.condition());
        rounds.compare("barrier", "barrier of two, a round", 20_000, 2_000, Pairs.barrier());
        rounds.compare("event", "event, set there and back", 20_000, 1_000, Pairs.events());
        rounds.compare("pipe", "pipe, a few bytes there and back", 50_000, 5_000, Pairs.pipe());
        rounds.compare("pipe_long", "pipe, a message of 1 MiB, one way", 500, 200, Pairs.messagesOf(1 << 20));
        rounds.compare(
                "queue",
                "queue, a number put here and taken there",
                500_000,
                20_000,
                Pairs.queue(true),
                Pairs.queue(false),
                RingPair.manyToOne(),
                RingPair.oneToOne());
        rounds.compare("queue_large", "queue, one MiB put here and taken there", 500, 50, Pairs.queueOf(1 << 20));
    }

    private void tellBars(Rounds rounds, boolean python, Report report) {
        report.bar(Bar.atMost(
                "`ProcessLock` to `ReentrantLock`, uncontended", 1.3, " x", ratio("processLock", "reentrantLock")));
        if (python) {
            report.bar(Bar.atLeast(
                    "Python's `Lock` to `ProcessLock`, uncontended", 5, " x", ratio("lock", "processLock")));
            report.bar(Bar.atLeast(
                    "Python's counter under a lock to ours, 2 processes", 8, " x", rounds.pythonToOurs("counter")));
            report.bar(
                    Bar.atMost("semaphore there and back, to Python's", 0.3, " x", oursToPython(rounds, "semaphore")));
            report.bar(Bar.atMost("condition, to Python's", 0.3, " x", oursToPython(rounds, "condition")));
            report.bar(Bar.atMost("barrier round, to Python's", 0.3, " x", oursToPython(rounds, "barrier")));
            report.bar(Bar.atMost("pipe there and back, to Python's", 0.5, " x", oursToPython(rounds, "pipe")));
            report.bar(Bar.atMost("pipe, 1 MiB, to Python's", 1, " x", oursToPython(rounds, "pipe_long")));
            report.bar(Bar.atLeast("Python's queue to ours, small messages", 15, " x", rounds.pythonToOurs("queue")));
            report.bar(Bar.atLeast("Python's queue to ours, 1 MiB", 6, " x", rounds.pythonToOurs("queue_large")));
        }
        report.bar(Bar.atMost(
                "semaphore without spinning, to a bare socket and selector",
                1.2,
                " x",
                rounds.ratio("blocking", 1, 0)));
        report.bar(
                Bar.atMost("an event of the record", 100, " ns", of("recordOn").middle()));
        report.bar(Bar.atMost(
                "recording that is off, of an uncontended lock",
                2,
                " %",
                ratio("processLock", "unrecordedLock").map(ratio -> 100 * (ratio - 1))));
    }

    private Samples of(String name) {
        Samples samples = alone.get(name);
        if (samples == null) {
            throw new IllegalStateException("not measured: " + name);
        }
        return samples;
    }

    private Middle ratio(String name, String other) {
        return of(name).ratiosTo(of(other)).middle();
    }

    private static Middle oursToPython(Rounds rounds, String id) {
        return rounds.pythonToOurs(id).map(ratio -> 1 / ratio);
    }

    private void tellAlone(Report report) {
        report.table(
                "One process alone",
                "Nanoseconds; JMH in a JVM of its own for each line and round.",
                "| what | rounds | median | least | most | ratio |\n|---|---:|---:|---:|---:|---|");
        StringBuilder text = new StringBuilder(2048);
        row(text, "`ReentrantLock`, lock and unlock", "reentrantLock", null, "");
        row(text, "`ProcessLock`, lock and unlock", "processLock", "reentrantLock", "`ReentrantLock`");
        row(text, "the same, without a way to record", "unrecordedLock", "reentrantLock", "`ReentrantLock`");
        row(
                text,
                "`ProcessReentrantLock`, lock and unlock",
                "processReentrantLock",
                "reentrantLock",
                "`ReentrantLock`");
        row(text, "`ReentrantLock`, twice in each other", "reentrantLockTwice", null, "");
        row(
                text,
                "`ProcessReentrantLock`, twice in each other",
                "processReentrantLockTwice",
                "reentrantLockTwice",
                "`ReentrantLock`");
        row(text, "Python `Lock`, acquire and release", "lock", "processLock", "`ProcessLock`");
        row(text, "Python `RLock`, acquire and release", "rlock", "processReentrantLock", "`ProcessReentrantLock`");
        row(text, "`AtomicLong.getAndAdd`", "atomicAdd", null, "");
        row(text, "`SharedLong.getAndAdd`", "sharedAdd", "atomicAdd", "`AtomicLong`");
        row(text, "Python `Value`, += 1 under its lock", "add", "sharedAdd", "`SharedLong`");
        row(text, "`long[]`, element += 1", "localArray", null, "");
        row(text, "`SharedLongArray`, element += 1, plain", "sharedArray", "localArray", "`long[]`");
        row(text, "`SharedLongArray`, element read, volatile", "sharedArrayVolatileGet", null, "");
        row(text, "Python `Array` without lock, element += 1", "array", "sharedArray", "`SharedLongArray`");
        row(text, "an event, recording", "recordOn", null, "");
        row(text, "an event, not recording", "recordOff", null, "");
        row(text, "the loop around an event", "recordNothing", null, "");
        row(text, "`Session`, create and close", "sessionCreateClose", null, "");
        report.rows(text.toString());
        alone.forEach((name, samples) -> report.value(name, samples.json()));
    }

    private void row(StringBuilder text, String what, String name, @Nullable String other, String otherName) {
        Samples samples = alone.get(name);
        if (samples != null) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %.1f | %.1f | %.1f | %s |%n",
                    what,
                    samples.count(),
                    samples.median(),
                    samples.least(),
                    samples.most(),
                    other == null
                            ? ""
                            : String.format(
                                    Locale.ROOT, "%.2f x %s", ratio(name, other).value(), otherName)));
        }
    }
}
