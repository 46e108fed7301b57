package dev.procession.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The order in which contenders take turns. */
final class Turns {
    private Turns() {}

    /**
     * As given in one round and backwards in the next: so neighbours stay neighbours, and what goes on getting faster or
     * slower meanwhile favours neither. (Whoever always came second would run in the warmth of the first.)
     */
    static <T> List<T> of(int round, List<T> all) {
        if (Math.floorMod(round, 2) == 0) {
            return all;
        }
        List<T> backwards = new ArrayList<>(all);
        Collections.reverse(backwards);
        return backwards;
    }
}
