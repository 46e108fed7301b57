package dev.procession.plugin.output;

import dev.procession.plugin.report.Amount;
import dev.procession.plugin.report.Shown;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares a bundle with its budgets. */
final class BudgetCheck {
    /** Who wants to make a bundle smaller looks at these first. */
    private static final int NAMED = 5;

    private BudgetCheck() {}

    static void check(Composition composition, List<Measured> all, List<Budget> budgets, ProblemSink problems) {
        if (budgets.isEmpty()) {
            return;
        }
        List<Measured> files = all.stream()
                .filter(file ->
                        !composition.plain().contains(file.chunk().file().target()))
                .toList();
        for (Budget budget : budgets) {
            long size = files.stream()
                    .filter(Measured::isShipped)
                    .mapToLong(file -> file.in(budget.measure()))
                    .sum();
            if (size > budget.most()) {
                problems.add(
                        budget.measure().element(),
                        budget.typed(),
                        composition.bundle(),
                        "the bundle has " + size(size)
                                + (budget.measure() == Budget.Measure.RAW
                                        ? ""
                                        : " after " + budget.measure().element())
                                + ", " + Amount.number(size - budget.most()) + " more than the budget"
                                + largest(files)
                                + "; make it smaller, or raise the budget");
            }
        }
    }

    private static String largest(List<Measured> files) {
        Map<String, Long> bySource = new HashMap<>();
        for (Measured file : files) {
            if (file.isShipped()) {
                List<Part> parts = file.chunk().parts();
                if (parts.isEmpty()) {
                    bySource.merge(file.name(), file.bytes(), Long::sum);
                }
                parts.forEach(part -> bySource.merge(part.source(), part.bytes(), Long::sum));
            }
        }
        List<String> named = bySource.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(NAMED)
                .map(entry -> Shown.text(entry.getKey()) + " (" + Amount.bytes(entry.getValue()) + ")")
                .toList();
        return named.isEmpty() ? "" : ". Largest in it: " + String.join(", ", named);
    }

    /** Rounded, and exactly where that says more. */
    private static String size(long bytes) {
        return bytes < 1000
                ? Amount.number(bytes) + " bytes"
                : Amount.bytes(bytes) + " (" + Amount.number(bytes) + " bytes)";
    }
}
