package dev.procession.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * The median of some rounds, and between what it would be if there were many more of them.
 *
 * @param value the median
 * @param low 95 times of 100 the median of all rounds that there could be is no less; not a number if it was not asked for
 * @param high and no more
 */
record Middle(double value, double low, double high) {
    private static final double OUTSIDE_EACH = 0.025;

    /** Something that is not the median of anything. */
    static Middle known(double value) {
        return new Middle(value, Double.NaN, Double.NaN);
    }

    /**
     * Of rounds. The limits are two of the values, by their order: how many lie below the true median is as with coins, whatever
     * else is known of the values. Fewer than six never reach 95 of 100: there it is the least and the most of them.
     */
    static Middle of(List<Double> rounds) {
        List<Double> sorted = new ArrayList<>(rounds);
        Collections.sort(sorted);
        int count = sorted.size();
        int half = count / 2;
        int below = 0;
        double chance = Math.pow(0.5, count);
        for (double sum = chance; sum + chance * (count - below) / (below + 1) <= OUTSIDE_EACH && below < half - 1; ) {
            chance *= (double) (count - below) / (below + 1);
            sum += chance;
            below++;
        }
        double median = count % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
        return new Middle(median, sorted.get(below), sorted.get(count - 1 - below));
    }

    /** Of what a function makes of it, which goes up or down everywhere. */
    Middle map(DoubleUnaryOperator function) {
        double one = function.applyAsDouble(low);
        double other = function.applyAsDouble(high);
        return new Middle(function.applyAsDouble(value), Math.min(one, other), Math.max(one, other));
    }

    /** {@return the limits, empty if there are none} */
    String between(String unit) {
        return Double.isNaN(low) ? "" : number(low) + " to " + number(high) + unit;
    }

    static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%.1f", value);
    }
}
