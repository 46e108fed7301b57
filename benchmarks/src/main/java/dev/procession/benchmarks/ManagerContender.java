package dev.procession.benchmarks;

import dev.procession.manager.ProcessManager;
import java.time.Duration;

/** A manager that stays for all rounds, and something that its proxies are asked. */
final class ManagerContender implements PairContender {
    private final String name;
    private final ProcessManager manager;
    private final PairWork work;

    ManagerContender(String name, ProcessManager manager, PairWork work) {
        this.name = name;
        this.manager = manager;
        this.work = work;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Cost run(int times) throws Exception {
        long cpu = processor();
        long begin = System.nanoTime();
        work.run(times);
        long nanos = System.nanoTime() - begin;
        return new Cost((double) nanos / times, (double) (processor() - cpu) / times);
    }

    /** Of this process and all that it has started: Python waits meanwhile. */
    private static long processor() {
        return Pair.cpuNanos()
                + ProcessHandle.current()
                        .descendants()
                        .mapToLong(process -> process.info()
                                .totalCpuDuration()
                                .orElse(Duration.ZERO)
                                .toNanos())
                        .sum();
    }

    @Override
    public void close() {
        manager.close();
    }
}
