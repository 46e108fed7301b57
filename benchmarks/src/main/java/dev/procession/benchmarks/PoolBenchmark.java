package dev.procession.benchmarks;

import dev.procession.benchmarks.PairContender.Cost;
import dev.procession.pool.PoolFunction;
import dev.procession.pool.Results;
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
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a task in a pool costs, beside CPython's {@code multiprocessing.Pool}. */
final class PoolBenchmark {
    private static final int ROUNDS = 7;

    /** The first rounds compile both sides of a pool. */
    private static final int WARM_UP_ROUNDS = 5;

    private static final String OURS = "`ProcessPool`";

    private final boolean smoke;
    private final @Nullable PythonPrimitives python;
    private final Map<String, Comparison> all = new LinkedHashMap<>();

    private PoolBenchmark(boolean smoke, @Nullable PythonPrimitives python) {
        this.smoke = smoke;
        this.python = python;
    }

    /**
     * Measures and writes.
     *
     * @param smoke whether everything is done once and for a moment only
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
            PoolBenchmark benchmark = new PoolBenchmark(smoke, python);
            benchmark.measure();
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

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toList());
    }

    private void measure() throws Exception {
        PoolFunction<Integer, Integer> square = x -> x * x;
        compare(
                "chunk1",
                "`map`, chunk 1, a task",
                200_000,
                20_000,
                2,
                (pool, times) -> pool.map(square, numbers(times), 1));
        compare(
                "chunks",
                "`map`, default chunk, an item",
                1_000_000,
                500_000,
                2,
                (pool, times) -> pool.map(square, numbers(times)));
        compare("lazily", "`imap`, an item (Python: chunk 1)", 200_000, 20_000, 2, (pool, times) -> {
            try (Results<Integer> results = pool.imap(square, numbers(times))) {
                while (results.hasNext()) {
                    results.next();
                }
            }
        });
        compare("apply", "`apply`, there and back", 3_000, 1_000, 2, (pool, times) -> {
            for (int i = 0; i < times; i++) {
                pool.apply(square, i);
            }
        });
        compare(
                "megabytes",
                "1 MiB of bytes, there and back",
                100,
                100,
                2,
                (pool, times) -> pool.map(bytes -> bytes, megabytes(times), 1));
        compare(
                "work-1",
                "1 ms of work, one worker",
                200,
                200,
                1,
                (pool, times) -> pool.map(PoolBenchmark::busy, numbers(times), 1));
        compare(
                "work-2",
                "1 ms of work, two workers",
                200,
                200,
                2,
                (pool, times) -> pool.map(PoolBenchmark::busy, numbers(times), 1));
    }

    private static List<byte[]> megabytes(int count) {
        List<byte[]> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] one = new byte[1 << 20];
            one[i] = (byte) ThreadLocalRandom.current().nextInt();
            all.add(one);
        }
        return all;
    }

    private static int busy(int x) {
        long end = System.nanoTime() + 1_000_000;
        int sum = x;
        while (System.nanoTime() < end) {
            sum++;
        }
        return sum;
    }

    private void compare(String id, String what, int times, int pythonTimes, int workers, PoolContender.Work work)
            throws Exception {
        PythonPrimitives peer = python;
        Comparison comparison = new Comparison(what);
        all.put(id, comparison);
        try (PoolContender ours = new PoolContender(OURS, workers, work)) {
            for (int round = smoke ? 0 : -WARM_UP_ROUNDS; round < (smoke ? 1 : ROUNDS); round++) {
                Cost mine = ours.run(smoke ? 10 : times);
                Cost theirs = peer == null ? null : peer.run(id, smoke ? 10 : pythonTimes);
                if (round >= 0) {
                    comparison.add(OURS, mine);
                    if (theirs != null) {
                        comparison.add(PythonPrimitives.NAME, theirs);
                    }
                }
            }
        }
    }

    private Comparison comparison(String id) {
        Comparison comparison = all.get(id);
        if (comparison == null) {
            throw new IllegalStateException("not measured: " + id);
        }
        return comparison;
    }

    private List<Bar> bars() {
        if (python == null) {
            return List.of();
        }
        return List.of(
                Bar.atLeast(
                        "`map` with chunk 1, to Python's",
                        8,
                        " x",
                        1 / comparison("chunk1").ratio(0, 1)),
                Bar.atLeast(
                        "`map` with the default chunk, to Python's",
                        1,
                        " x",
                        1 / comparison("chunks").ratio(0, 1)));
    }

    private String report(Load load) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder(2048);
        text.append("## Pool\n\n")
                .append(LocalDate.now(ZoneOffset.UTC))
                .append(". ")
                .append(Machine.describe())
                .append(".\n")
                .append(load)
                .append(
                        " Contenders take turns in one run, with two workers where nothing else is said; ratios are medians of"
                                + " the ratios of the rounds.\n\n")
                .append("| bar | asked for | measured | holds |\n|---|---:|---:|---|\n");
        bars().forEach(bar -> text.append(bar.row()));
        text.append("\nMicroseconds; the workers stay for all rounds, ")
                .append(ROUNDS)
                .append(" after ")
                .append(WARM_UP_ROUNDS)
                .append(" that do not count. Processor time is that of all processes.\n\n")
                .append(
                        "| what | by | median | least | most | processor | ratio |\n|---|---|---:|---:|---:|---:|---|\n");
        all.values().forEach(comparison -> comparison.rows(text));
        return text.toString();
    }

    private String json(Load load) {
        List<String> parts = new ArrayList<>();
        all.forEach((id, comparison) -> parts.add("\"" + id + "\": " + comparison.json()));
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
