package dev.procession.benchmarks;

import dev.procession.benchmarks.PairContender.Cost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures contenders in turn, each of which stays for all of its rounds. */
final class Rounds {
    private final boolean smoke;
    private final int warmUp;
    private final int counted;
    private final @Nullable PythonPrimitives python;
    private final Map<String, Comparison> all = new LinkedHashMap<>();

    /**
     * Nothing is measured yet.
     *
     * @param warmUp rounds that do not count: they compile the contenders
     * @param counted rounds that do
     * @param python the peer, or null if it is not here
     */
    Rounds(Setting setting, int warmUp, int counted, @Nullable PythonPrimitives python) {
        this.smoke = setting.smoke();
        this.warmUp = warmUp;
        this.counted = counted;
        this.python = python;
    }

    /**
     * Measures, and closes the contenders.
     *
     * @param times how often ours do it in a round
     * @param pythonTimes how often CPython does, which is slower; 0 if it cannot
     */
    void compare(String id, String what, int times, int pythonTimes, PairContender... ours) throws Exception {
        List<PairContender> contenders = new ArrayList<>(List.of(ours));
        PythonPrimitives peer = python;
        if (peer != null && pythonTimes > 0) {
            contenders.add(peer.pair(id));
        }
        Comparison comparison = new Comparison(what);
        all.put(id, comparison);
        try {
            for (int round = smoke ? 0 : -warmUp; round < (smoke ? 1 : counted); round++) {
                for (PairContender contender : Turns.of(round, contenders)) {
                    int asked = smoke ? 10 : contender.name().equals(PythonPrimitives.NAME) ? pythonTimes : times;
                    Cost cost = contender.run(asked);
                    if (round >= 0) {
                        comparison.add(contender.name(), cost);
                    }
                }
            }
        } finally {
            for (PairContender contender : contenders) {
                contender.close();
            }
        }
    }

    /** The ratio of one contender to another one within the rounds, by the order in which they were given; Python is the last. */
    Middle ratio(String id, int contender, int other) {
        Comparison comparison = all.get(id);
        if (comparison == null) {
            throw new IllegalStateException("not measured: " + id);
        }
        return comparison.ratio(contender, other);
    }

    /** How many times of ours, which comes first, Python needs. */
    Middle pythonToOurs(String id) {
        Comparison comparison = all.get(id);
        if (comparison == null) {
            throw new IllegalStateException("not measured: " + id);
        }
        return comparison.ratio(comparison.contenders() - 1, 0);
    }

    /** Writes one table of all. */
    void tell(Report report, String heading, String processorsOf) {
        report.table(
                heading,
                "Microseconds; " + counted + " rounds after " + warmUp
                        + " that do not count. Processor time is that of " + processorsOf + ".",
                "| what | by | median | least | most | processor | ratio |\n|---|---|---:|---:|---:|---:|---|");
        StringBuilder rows = new StringBuilder();
        all.forEach((id, comparison) -> {
            comparison.rows(rows);
            report.value(id, comparison.json());
        });
        report.rows(rows.toString());
    }
}
