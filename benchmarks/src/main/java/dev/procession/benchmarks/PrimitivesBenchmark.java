package dev.procession.benchmarks;

import dev.procession.benchmarks.PairContender.Cost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the primitives cost, beside java.util.concurrent, CPython's multiprocessing, and a bare socket. */
final class PrimitivesBenchmark {
    /** Many short ones: where a JVM happens to put things makes more difference than time does. */
    private static final int MICRO_ROUNDS = 5;

    private static final int PAIR_ROUNDS = 7;
    /** The first rounds of a pair compile it. */
    private static final int WARM_UP_ROUNDS = 2;

    private final boolean smoke;
    private final @Nullable PythonPrimitives python;
    private final Map<String, Samples> alone = new LinkedHashMap<>();
    private final Map<String, Comparison> together = new LinkedHashMap<>();

    private PrimitivesBenchmark(boolean smoke, @Nullable PythonPrimitives python) {
        this.smoke = smoke;
        this.python = python;
    }

    /**
     * Measures and writes.
     *
     * @param smoke whether everything is done once and for a moment only: what fails then is broken, and no number says
     *     anything
     * @param script the Python script
     * @param page the Markdown file; left as it is when the machine is busy
     * @param json the file for programs
     */
    static void run(boolean smoke, Path script, Path page, Path json) throws Exception {
        Load load = Load.settled();
        System.out.println(load);
        String section;
        boolean pythonHere = PythonProcess.isHere();
        if (!pythonHere) {
            System.out.println("python3 is not on the path: its side is left out");
        }
        try (PythonPrimitives python = pythonHere ? new PythonPrimitives(script) : null) {
            PrimitivesBenchmark benchmark = new PrimitivesBenchmark(smoke, python);
            benchmark.measureAlone();
            benchmark.measureTogether();
            section = benchmark.report(load);
            Files.writeString(json, benchmark.json(load));
        }
        if (smoke) {
            System.out.println("Everything ran. It was a smoke run: its numbers mean nothing and are not shown.");
            return;
        }
        System.out.println(section);
        if (load.isQuiet()) {
            Page.write(page, section);
        } else {
            System.out.println(page + " is left as it is: the machine was busy.");
        }
    }

    private void measureAlone() throws Exception {
        MicroRounds micro = new MicroRounds(smoke);
        int times = smoke ? 100 : 300_000;
        for (int round = 0; round < (smoke ? 1 : MICRO_ROUNDS); round++) {
            micro.round();
            PythonPrimitives peer = python;
            if (peer != null) {
                for (String what : List.of("lock", "rlock", "add", "array")) {
                    alone.computeIfAbsent(what, key -> new Samples())
                            .add(peer.run(what, times).nanos());
                }
            }
        }
        alone.putAll(micro.samples());
    }

    private void measureTogether() throws Exception {
        compare(
                "counter",
                "a counter under a lock, both add to it; one increment each",
                300_000,
                20_000,
                Pairs.counter());
        compare("semaphore", "semaphore, there and back", 50_000, 5_000, Pairs.semaphores(false));
        compare("blocking", "the same, nobody spins or polls", 3_000, 0, Pairs.sockets(), Pairs.semaphores(true));
        compare("condition", "condition, two turns", 20_000, 2_000, Pairs.condition());
        compare("barrier", "barrier of two, a round", 20_000, 2_000, Pairs.barrier());
        compare("event", "event, set there and back", 20_000, 1_000, Pairs.events());
        compare("pipe", "pipe, a few bytes there and back", 50_000, 5_000, Pairs.pipe());
        compare("pipe_long", "pipe, a message of 1 MiB, one way", 500, 200, Pairs.longMessages());
        compare(
                "queue",
                "queue, a number put here and taken there",
                500_000,
                20_000,
                Pairs.queue(true),
                Pairs.queue(false));
        compare("queue_large", "queue, one MiB put here and taken there", 500, 50, Pairs.queueOfLarge());
    }

    /**
     * Measures pairs in turn.
     *
     * @param times how often ours do it in a round
     * @param pythonTimes how often CPython does, which is slower; 0 if it cannot
     */
    private void compare(String id, String what, int times, int pythonTimes, PairContender... ours) throws Exception {
        List<PairContender> contenders = new ArrayList<>(List.of(ours));
        PythonPrimitives peer = python;
        if (peer != null && pythonTimes > 0) {
            contenders.add(peer.pair(id));
        }
        Comparison comparison = new Comparison(what);
        together.put(id, comparison);
        try {
            for (int round = smoke ? 0 : -WARM_UP_ROUNDS; round < (smoke ? 1 : PAIR_ROUNDS); round++) {
                for (PairContender contender : contenders) {
                    int asked = smoke ? 10 : contender.name().equals(PythonPrimitives.NAME) ? pythonTimes : times;
                    Cost cost = contender.run(asked);
                    if (round >= 0) {
                        comparison.add(contender.name(), cost);
                    }
                }
            }
        } finally {
            for (PairContender contender : contenders) {
                contender.close();
            }
        }
    }

    private List<Bar> bars() {
        List<Bar> bars = new ArrayList<>();
        bars.add(Bar.atMost(
                "`ProcessLock` to `ReentrantLock`, uncontended", 1.3, " x", ratio("processLock", "reentrantLock")));
        if (python != null) {
            bars.add(Bar.atLeast(
                    "Python's `Lock` to `ProcessLock`, uncontended", 5, " x", ratio("lock", "processLock")));
            bars.add(Bar.atLeast(
                    "Python's counter under a lock to ours, 2 processes", 8, " x", 1 / pairRatio("counter")));
            bars.add(Bar.atMost("semaphore there and back, to Python's", 0.3, " x", pairRatio("semaphore")));
            bars.add(Bar.atMost("condition, to Python's", 0.3, " x", pairRatio("condition")));
            bars.add(Bar.atMost("barrier round, to Python's", 0.3, " x", pairRatio("barrier")));
            bars.add(Bar.atMost("pipe there and back, to Python's", 0.5, " x", pairRatio("pipe")));
            bars.add(Bar.atMost("pipe, 1 MiB, to Python's", 1, " x", pairRatio("pipe_long")));
            bars.add(Bar.atLeast(
                    "Python's queue to ours, small messages",
                    15,
                    " x",
                    comparison("queue").ratio(2, 0)));
            bars.add(Bar.atLeast("Python's queue to ours, 1 MiB", 6, " x", 1 / pairRatio("queue_large")));
        }
        Comparison blocking = comparison("blocking");
        bars.add(Bar.atMost(
                "semaphore without spinning, to a bare socket and selector", 1.2, " x", blocking.ratio(1, 0)));
        bars.add(Bar.atMost("an event of the record", 100, " ns", of("recordOn").median()));
        bars.add(Bar.atMost(
                "recording that is off, of an uncontended lock",
                2,
                " %",
                100
                        * Math.max(
                                0,
                                of("recordOff").median() - of("recordNothing").median())
                        / of("processLock").median()));
        return bars;
    }

    private Samples of(String name) {
        Samples samples = alone.get(name);
        if (samples == null) {
            throw new IllegalStateException("not measured: " + name);
        }
        return samples;
    }

    private Comparison comparison(String id) {
        Comparison comparison = together.get(id);
        if (comparison == null) {
            throw new IllegalStateException("not measured: " + id);
        }
        return comparison;
    }

    private double ratio(String name, String other) {
        return of(name).medianRatioTo(of(other));
    }

    /** Of ours, which come first, to Python's. */
    private double pairRatio(String id) {
        return comparison(id).ratio(0, 1);
    }

    private String report(Load load) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder(4096);
        text.append("## Primitives\n\n")
                .append(LocalDate.now(ZoneOffset.UTC))
                .append(". ")
                .append(Machine.describe())
                .append(".\n")
                .append(load)
                .append(" Contenders take turns in one run; ratios are medians of the ratios of the rounds.\n\n")
                .append("| bar | asked for | measured | holds |\n|---|---:|---:|---|\n");
        bars().forEach(bar -> text.append(bar.row()));
        text.append("\n### One process alone\n\nNanoseconds; JMH in a JVM of its own for each line and round, ")
                .append(MICRO_ROUNDS)
                .append(" rounds.\n\n| what | median | least | most | ratio |\n|---|---:|---:|---:|---|\n");
        row(text, "`ReentrantLock`, lock and unlock", "reentrantLock", null, "");
        row(text, "`ProcessLock`, lock and unlock", "processLock", "reentrantLock", "`ReentrantLock`");
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
        text.append("\n### Two processes\n\nMicroseconds; the child stays for all rounds, ")
                .append(PAIR_ROUNDS)
                .append(" after ")
                .append(WARM_UP_ROUNDS)
                .append(" that do not count. Processor time is that of both.\n\n")
                .append(
                        "| what | by | median | least | most | processor | ratio |\n|---|---|---:|---:|---:|---:|---|\n");
        together.values().forEach(comparison -> comparison.rows(text));
        return text.toString();
    }

    private void row(StringBuilder text, String what, String name, @Nullable String other, String otherName) {
        Samples samples = alone.get(name);
        if (samples != null) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.1f | %s |%n",
                    what,
                    samples.median(),
                    samples.least(),
                    samples.most(),
                    other == null ? "" : String.format(Locale.ROOT, "%.2f x %s", ratio(name, other), otherName)));
        }
    }

    private String json(Load load) {
        List<String> parts = new ArrayList<>();
        alone.forEach((name, samples) -> parts.add("\"" + name + "\": " + samples.json()));
        together.forEach((id, comparison) -> parts.add("\"" + id + "\": " + comparison.json()));
        List<String> bars = new ArrayList<>();
        for (Bar bar : bars()) {
            bars.add(String.format(
                    Locale.ROOT,
                    "{\"what\": \"%s\", \"limit\": %s, \"measured\": %s, \"holds\": %s}",
                    bar.what(),
                    bar.limit(),
                    bar.measured(),
                    bar.holds()));
        }
        return "{\"load\": " + load.value() + ", \"nanos\": {" + String.join(", ", parts) + "}, \"bars\": ["
                + String.join(", ", bars) + "]}\n";
    }
}
