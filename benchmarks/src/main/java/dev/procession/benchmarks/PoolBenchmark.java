package dev.procession.benchmarks;

import dev.procession.pool.PoolFunction;
import dev.procession.pool.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a task in a pool costs, beside CPython's {@code multiprocessing.Pool}. */
final class PoolBenchmark implements Suite {
    private static final int ROUNDS = 11;

    /** The first rounds compile both sides of a pool. */
    private static final int WARM_UP_ROUNDS = 5;

    private static final String OURS = "`ProcessPool`";

    @Override
    public String name() {
        return "pool";
    }

    @Override
    public String title() {
        return "Pool";
    }

    @Override
    public void measure(Setting setting, Report report) throws Exception {
        try (PythonPrimitives python = PythonPrimitives.ifHere(setting.python("pool.py"), report)) {
            Rounds rounds = new Rounds(setting, WARM_UP_ROUNDS, ROUNDS, python);
            measure(rounds);
            if (python != null) {
                report.bar(Bar.atLeast("`map` with chunk 1, to Python's", 8, " x", rounds.pythonToOurs("chunk1")));
                report.bar(Bar.atLeast(
                        "`map` with the default chunk, to Python's", 1, " x", rounds.pythonToOurs("chunks")));
            }
            rounds.tell(report, "", "all processes; two workers where nothing else is said");
        }
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toList());
    }

    private static void measure(Rounds rounds) throws Exception {
        PoolFunction<Integer, Integer> square = x -> x * x;
        rounds.compare(
                "chunk1",
                "`map`, chunk 1, a task",
                200_000,
                20_000,
                new PoolContender(OURS, 2, (pool, times) -> pool.map(square, numbers(times), 1)));
        rounds.compare(
                "chunks",
                "`map`, default chunk, an item",
                1_000_000,
                500_000,
                new PoolContender(OURS, 2, (pool, times) -> pool.map(square, numbers(times))));
        rounds.compare(
                "lazily",
                "`imap`, an item (Python: chunk 1)",
                200_000,
                20_000,
                new PoolContender(OURS, 2, (pool, times) -> {
                    try (Results<Integer> results = pool.imap(square, numbers(times))) {
                        while (results.hasNext()) {
                            results.next();
                        }
                    }
                }));
        rounds.compare("apply", "`apply`, there and back", 3_000, 1_000, new PoolContender(OURS, 2, (pool, times) -> {
            for (int i = 0; i < times; i++) {
                pool.apply(square, i);
            }
        }));
        rounds.compare(
                "megabytes",
                "1 MiB of bytes, there and back",
                100,
                100,
                new PoolContender(OURS, 2, (pool, times) -> pool.map(bytes -> bytes, megabytes(times), 1)));
        rounds.compare("work-1", "1 ms of work, one worker", 200, 200, work(1));
        rounds.compare("work-2", "1 ms of work, two workers", 200, 200, work(2));
    }

    /** Tasks that keep a processor busy for 1 ms. */
    static PoolContender work(int workers) {
        return new PoolContender(OURS, workers, (pool, times) -> pool.map(PoolBenchmark::busy, numbers(times), 1));
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
}
