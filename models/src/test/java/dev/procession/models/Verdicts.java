package dev.procession.models;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

/** Checks a case, prints its states and time, and asserts that exactly the mutated ones have a fault. */
final class Verdicts {
    private Verdicts() {}

    static void expect(Case model) {
        Checker.Verdict verdict = Checker.check(model.model(), Catalogue.LIMIT);
        System.out.printf(
                "%s | %,d states | %,d steps | %,d ms%n",
                model, verdict.states(), verdict.steps(), verdict.nanos() / 1_000_000);
        if (model.mutation().isEmpty()) {
            assertNull(verdict.fault(), () -> model + "\n" + verdict.fault());
        } else {
            assertNotNull(verdict.fault(), () -> "the model cannot fail: " + model);
        }
    }
}
