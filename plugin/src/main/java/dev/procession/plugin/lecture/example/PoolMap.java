package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.pool.ProcessPool;
import dev.procession.process.ChildProcess;
import dev.procession.shared.SharedInt;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** 12: fifteen sums for two workers, in chunks of three. The results come in the order of the items. */
class PoolMap implements Example {
    private static final int WORKERS = 2;
    private static final int ITEMS = 15;
    private static final int CHUNK = 3;

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("sums");
        List<Integer> items = IntStream.rangeClosed(1, ITEMS).boxed().toList();
        SharedInt calls = SharedInt.create(stage.session(), 0);
        try (ProcessPool pool = ProcessPool.open(stage.pool("Worker", WORKERS))) {
            pool.map(
                    Integer::valueOf,
                    items,
                    1); // now the workers have booted, and the times below are those of the work
            long begin = System.nanoTime();
            List<Sum> sums = sums(pool, items, calls);
            long withPool = System.nanoTime() - begin;
            begin = System.nanoTime();
            List<Long> alone = items.stream().map(PoolMap::sum).toList();
            long inALoop = System.nanoTime() - begin;

            stage.say("sums " + sums.stream().map(Sum::value).toList());
            stage.check("in-order", alone, sums.stream().map(Sum::value).toList());
            stage.check("each-once", ITEMS, calls.get());
            stage.check("chunks", ITEMS / CHUNK, wholeChunks(sums));
            stage.measured("sums-pool", withPool, Duration.ZERO, Duration.ofSeconds(2));
            stage.measured("sums-loop", inALoop, Duration.ZERO, Duration.ofSeconds(2));
        }
    }

    List<Sum> sums(ProcessPool pool, List<Integer> items, SharedInt calls) throws Exception {
        return pool.map(item -> new Sum(sum(item), counted(calls)), items, CHUNK);
    }

    /** How many chunks were worked at by one worker from the first to the last item. */
    private static int wholeChunks(List<Sum> sums) {
        return (int) IntStream.range(0, ITEMS / CHUNK)
                .filter(chunk -> sums.subList(chunk * CHUNK, (chunk + 1) * CHUNK).stream()
                                .map(Sum::pid)
                                .distinct()
                                .count()
                        == 1)
                .count();
    }

    /** Runs in the workers: a witness of how often the function is called. */
    static long counted(SharedInt calls) {
        calls.incrementAndGet();
        return ChildProcess.current().pid();
    }

    /** Something that keeps a processor busy for some milliseconds. */
    static long sum(int item) {
        long sum = 0;
        for (int i = 1; i <= item * 500_000; i++) {
            sum += i % item;
        }
        return sum;
    }

    /** A result travels back as a copy; it says who has computed it. */
    record Sum(long value, long pid) implements Serializable {}
}
