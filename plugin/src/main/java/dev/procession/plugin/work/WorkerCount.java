package dev.procession.plugin.work;

import dev.procession.plugin.report.Shown;
import java.util.OptionalInt;

/**
 * How many child processes work: what the user said, or what pays.
 *
 * @param fixed what the user said, empty for {@code auto}
 */
public record WorkerCount(OptionalInt fixed) {
    private static final int MOST = 256;

    /**
     * Reads what the user typed.
     *
     * @param typed {@code auto} or a number
     * @return what it means
     * @throws IllegalArgumentException with the rule as message, when it is neither
     */
    public static WorkerCount parse(String typed) {
        String text = typed.trim();
        if (text.equals("auto")) {
            return new WorkerCount(OptionalInt.empty());
        }
        // Three digits at most, so that parseInt cannot overflow.
        if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= MOST) {
            return new WorkerCount(OptionalInt.of(Integer.parseInt(text)));
        }
        throw new IllegalArgumentException(
                "must be auto or a number from 0 to " + MOST + ": workers=" + Shown.text(typed));
    }

    /**
     * Decides.
     *
     * @param tasks how many tasks there may be; more workers than tasks would be idle
     * @param automatic what pays here, for {@code auto}
     * @return the decision
     */
    public Choice choose(int tasks, Choice automatic) {
        if (fixed.isEmpty()) {
            return automatic;
        }
        return new Choice(Math.min(fixed.getAsInt(), Math.max(1, tasks)), "<workers> says so");
    }

    /**
     * A decision.
     *
     * @param workers child processes, 0 for none
     * @param reason why, for the debug log
     */
    public record Choice(int workers, String reason) {}
}
