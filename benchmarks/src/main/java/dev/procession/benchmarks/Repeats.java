package dev.procession.benchmarks;

import java.util.Set;

/**
 * How often contenders are run.
 *
 * @param warmUp rounds that do not count; all take part
 * @param rounds that count, for those that bars compare
 * @param few rounds that count for all others: the first ones
 * @param compared those that take part in all rounds
 * @param mostNanos after this no more rounds begin, but for the first that counts
 */
record Repeats(int warmUp, int rounds, int few, Set<String> compared, long mostNanos) {

    boolean takesPart(String contender, int round) {
        return round < few || compared.contains(contender);
    }

    /** {@return whether a round has anybody} */
    boolean has(int round) {
        return round < rounds || round < few;
    }
}
