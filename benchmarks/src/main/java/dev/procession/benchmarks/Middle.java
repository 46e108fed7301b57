package dev.procession.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * The middle of some rounds, and between what it would be if there were very many of them.
 *
 * @param value the middle
 * @param low 95 times of 100 the middle of very many rounds is no less; not a number if it was not asked for
 * @param high and no more
 */
record Middle(double value, double low, double high) {
    private static final double OUTSIDE_EACH = 0.025;

    /** Something that is not the middle of anything. */
    static Middle known(double value) {
        return new Middle(value, Double.NaN, Double.NaN);
    }

    /**
     * The median. Its limits are two of the values, by their order: how many lie below the true median is as with coins, whatever
     * else is known of the values. Fewer than six never reach 95 of 100: there it is the least and the most of them.
     */
    static Middle of(List<Double> rounds) {
        double[] chances = new double[rounds.size() + 1];
        chances[0] = Math.pow(0.5, rounds.size());
        for (int i = 1; i < chances.length; i++) {
            chances[i] = chances[i - 1] * (chances.length - i) / i;
        }
        return of(rounds, chances);
    }

    /**
     * The median of the means of any two rounds (Hodges and Lehmann's), and its limits by Wilcoxon's signed ranks. It needs
     * half the rounds of a median to be as steady, and is moved as little by a round that was disturbed; it supposes that a
     * difference is as often too large as too small by the same, as with contenders that take turns.
     */
    static Middle ofDifferences(List<Double> rounds) {
        int count = rounds.size();
        List<Double> means = new ArrayList<>(count * (count + 1) / 2);
        double[] chances = new double[count * (count + 1) / 2 + 1];
        chances[0] = 1;
        for (int i = 0; i < count; i++) {
            for (int j = i; j < count; j++) {
                means.add((rounds.get(i) + rounds.get(j)) / 2);
            }
            // The rank i + 1 is of a difference above the middle, or it is not.
            for (int sum = chances.length - 1; sum >= 0; sum--) {
                chances[sum] = (chances[sum] + (sum > i ? chances[sum - i - 1] : 0)) / 2;
            }
        }
        return of(means, chances);
    }

    /** The chance of each number of values below the true middle says how many to leave out at both ends. */
    private static Middle of(List<Double> values, double[] chances) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int count = sorted.size();
        int half = count / 2;
        int outside = 0;
        double sum = chances[0];
        while (outside < half - 1 && sum + chances[outside + 1] <= OUTSIDE_EACH) {
            outside++;
            sum += chances[outside];
        }
        double median = count % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
        return new Middle(median, sorted.get(outside), sorted.get(count - 1 - outside));
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
