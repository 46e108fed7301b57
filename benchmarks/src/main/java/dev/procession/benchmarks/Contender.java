package dev.procession.benchmarks;

import java.io.IOException;

/** One of those that are measured in turn. */
interface Contender extends AutoCloseable {

    /** What a reader calls it. */
    String name();

    /**
     * Does the measured thing once.
     *
     * @return milliseconds of wall time
     */
    double run() throws IOException, InterruptedException;

    /** Waits until nothing of the last run is going on any more, so that it does not disturb the next contender. */
    default void settle() throws IOException, InterruptedException {}

    @Override
    default void close() throws IOException {}
}
