package dev.procession.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The measured values of one contender. */
final class Samples {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    double median() {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double least() {
        return Collections.min(values);
    }

    double most() {
        return Collections.max(values);
    }

    /** The median of the ratios to another contender, round by round: what disturbs a round disturbs both. */
    double medianRatioTo(Samples other) {
        Samples ratios = new Samples();
        for (int i = 0; i < values.size(); i++) {
            ratios.add(values.get(i) / other.values.get(i));
        }
        return ratios.median();
    }

    /** {@return the values, in the order in which they were measured} */
    String json() {
        return values.toString().replace("NaN", "null");
    }
}
