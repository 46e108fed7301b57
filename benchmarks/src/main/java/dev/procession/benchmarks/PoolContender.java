package dev.procession.benchmarks;

import dev.procession.pool.PoolOptions;
import dev.procession.pool.ProcessPool;
import java.time.Duration;
import java.util.List;

/** A pool that stays for all rounds, and something that it does. */
final class PoolContender implements PairContender {
    private final String name;
    private final ProcessPool pool;
    private final Work work;

    /** Does something so many times. */
    interface Work {
        void run(ProcessPool pool, int times) throws Exception;
    }

    PoolContender(String name, int workers, Work work) {
        this.name = name;
        this.work = work;
        this.pool = ProcessPool.open(PoolOptions.builder().workers(workers).build());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Cost run(int times) throws Exception {
        List<Long> workers = pool.workerPids();
        long cpu = processor(workers);
        long begin = System.nanoTime();
        work.run(pool, times);
        long nanos = System.nanoTime() - begin;
        return new Cost((double) nanos / times, (double) (processor(workers) - cpu) / times);
    }

    /** Processor time of this process and the workers, by the system's clock ticks. */
    private static long processor(List<Long> workers) {
        long sum = cpu(ProcessHandle.current());
        for (long pid : workers) {
            sum += ProcessHandle.of(pid).map(PoolContender::cpu).orElse(0L);
        }
        return sum;
    }

    private static long cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    @Override
    public void close() {
        pool.close();
    }
}
