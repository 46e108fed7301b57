package dev.procession.benchmarks;

import java.io.Serializable;

/** What one of two processes does while the other one does its own. */
@FunctionalInterface
interface PairWork extends Serializable {
    /** Does it so many times. */
    void run(int times) throws Exception;
}
