package dev.procession.benchmarks;

/**
 * What was asked for, and what was measured.
 *
 * @param what of which to which
 * @param atLeast whether the limit is the least that is good enough, rather than the most
 * @param limit a ratio, or an amount of the unit
 * @param unit behind the numbers
 * @param measured in all rounds
 */
record Bar(String what, boolean atLeast, double limit, String unit, Middle measured) {
    static final String HEADER = "| bar | asked for | measured | between | holds |\n|---|---:|---:|---:|---|\n";

    static Bar atMost(String what, double limit, String unit, Middle measured) {
        return new Bar(what, false, limit, unit, measured);
    }

    static Bar atLeast(String what, double limit, String unit, Middle measured) {
        return new Bar(what, true, limit, unit, measured);
    }

    boolean holds() {
        return atLeast ? measured.value() >= limit : measured.value() <= limit;
    }

    String row() {
        return "| " + what + " | " + (atLeast ? "≥ " : "≤ ") + Middle.number(limit) + unit + " | "
                + Middle.number(measured.value()) + unit + " | " + measured.between(unit) + " | "
                + (holds() ? "yes" : "**no**") + " |\n";
    }
}
