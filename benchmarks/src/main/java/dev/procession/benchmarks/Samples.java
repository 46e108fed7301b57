package dev.procession.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** The measured values of one contender, by round. */
final class Samples {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    int count() {
        return values.size();
    }

    double median() {
        return middle().value();
    }

    Middle middle() {
        return Middle.of(values);
    }

    /** The middle of differences between contenders. */
    Middle middleOfDifferences() {
        return Middle.ofDifferences(values);
    }

    double least() {
        return Collections.min(values);
    }

    double most() {
        return Collections.max(values);
    }

    /** The ratios to another contender, round by round: what disturbs a round disturbs both. */
    Samples ratiosTo(Samples other) {
        return withEach(other, (mine, its) -> mine / its);
    }

    /** What this needs more than another contender, round by round. */
    Samples minus(Samples other) {
        return withEach(other, (mine, its) -> mine - its);
    }

    /** In the rounds that both took part in, which are the first ones. */
    private Samples withEach(Samples other, DoubleBinaryOperator operator) {
        Samples all = new Samples();
        for (int i = 0; i < Math.min(count(), other.count()); i++) {
            all.add(operator.applyAsDouble(values.get(i), other.values.get(i)));
        }
        return all;
    }

    /** {@return the values, in the order in which they were measured} */
    String json() {
        return values.toString().replace("NaN", "null");
    }
}
