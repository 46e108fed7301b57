package dev.procession.benchmarks;

import java.util.Locale;

/**
 * What was asked for, and what was measured.
 *
 * @param what of which to which
 * @param atLeast whether the limit is the least that is good enough, rather than the most
 * @param limit a ratio, or an amount of the unit
 * @param unit behind the numbers
 * @param measured the median
 */
record Bar(String what, boolean atLeast, double limit, String unit, double measured) {

    static Bar atMost(String what, double limit, String unit, double measured) {
        return new Bar(what, false, limit, unit, measured);
    }

    static Bar atLeast(String what, double limit, String unit, double measured) {
        return new Bar(what, true, limit, unit, measured);
    }

    boolean holds() {
        return atLeast ? measured >= limit : measured <= limit;
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %s %s%s | %s%s | %s |%n",
                what,
                atLeast ? "≥" : "≤",
                number(limit),
                unit,
                number(measured),
                unit,
                holds() ? "yes" : "**no**");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
    }
}
