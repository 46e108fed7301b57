package dev.procession.benchmarks;

import java.io.Closeable;

/** Two processes that work with each other, whatever they are written in. */
interface PairContender extends Closeable {
    /** What a reader calls them. */
    String name();

    /** Lets both do their work so many times at the same time. */
    Cost run(int times) throws Exception;

    /**
     * What one time cost.
     *
     * @param nanos of wall time
     * @param cpuNanos of processor time, of both
     */
    record Cost(double nanos, double cpuNanos) {}
}
