package dev.procession.plugin.lecture.example;

import dev.procession.plugin.lecture.Example;
import dev.procession.plugin.lecture.Stage;
import dev.procession.pool.ProcessPool;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** 12, too: tasks that are too small. Each of them costs more on its way than it saves. */
class TinyTasks implements Example {
    private static final int WORKERS = 2;
    private static final int ITEMS = 20_000;

    @Override
    public void play(Stage stage) throws Exception {
        stage.part("tiny");
        List<Integer> items = IntStream.range(0, ITEMS).boxed().toList();
        try (ProcessPool pool = ProcessPool.open(stage.pool("Clerk", WORKERS))) {
            pool.map(Integer::valueOf, items.subList(0, WORKERS), 1);
            long begin = System.nanoTime();
            List<Integer> oneByOne = oneByOne(pool, items);
            long small = System.nanoTime() - begin;
            begin = System.nanoTime();
            List<Integer> inChunks = pool.map(TinyTasks::square, items);
            long large = System.nanoTime() - begin;
            begin = System.nanoTime();
            List<Integer> loop = items.stream().map(TinyTasks::square).toList();
            long alone = System.nanoTime() - begin;

            stage.say(ITEMS + " squares, thrice");
            stage.check("same-three-times", true, loop.equals(oneByOne) && loop.equals(inChunks));
            stage.measured("tiny-one-by-one", small, Duration.ZERO, Duration.ofSeconds(1));
            stage.measured("tiny-in-chunks", large, Duration.ZERO, Duration.ofMillis(500));
            stage.measured("tiny-loop", alone, Duration.ZERO, Duration.ofMillis(50));
        }
    }

    List<Integer> oneByOne(ProcessPool pool, List<Integer> items) throws Exception {
        return pool.map(TinyTasks::square, items, 1);
    }

    static int square(int number) {
        return number * number;
    }
}
