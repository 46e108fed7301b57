package dev.procession.benchmarks;

import java.util.Collections;
import java.util.Map;

/**
 * How often contenders are run.
 *
 * @param warmUp rounds that do not count; all take part
 * @param rounds that count, for those that are not named: the first ones
 * @param more the same for some, which need more of them
 * @param mostNanos after this no more rounds begin, but for the first that counts
 */
record Repeats(int warmUp, int rounds, Map<String, Integer> more, long mostNanos) {

    boolean takesPart(String contender, int round) {
        return round < more.getOrDefault(contender, rounds);
    }

    /** {@return how many rounds have anybody} */
    int most() {
        return more.isEmpty() ? rounds : Math.max(rounds, Collections.max(more.values()));
    }
}
