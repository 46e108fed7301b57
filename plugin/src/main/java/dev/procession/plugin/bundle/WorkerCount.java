package dev.procession.plugin.bundle;

import dev.procession.plugin.report.Amount;
import java.util.OptionalInt;

/**
 * How many child processes read: what the user said, or what pays.
 *
 * <p>Measured on 2 cores, JDK 17, warm: with 3,000 files (13 MB) and with 1,500 files (98 MB), the build's JVM spends as
 * much CPU time with 2 workers as with none. It reads the workers' answers instead of the files, and those are more than
 * twice as long, since the mappings are as long as the text. So for joining, {@code auto} means none, whatever the size;
 * work that is heavier on each byte will change that.
 */
final class WorkerCount {
    private static final int MOST = 256;

    private final OptionalInt fixed;

    private WorkerCount(OptionalInt fixed) {
        this.fixed = fixed;
    }

    static WorkerCount parse(String typed, Problems problems) {
        String text = typed.trim();
        if (text.equals("auto")) {
            return new WorkerCount(OptionalInt.empty());
        }
        // Three digits at most, so that parseInt cannot overflow.
        if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= MOST) {
            return new WorkerCount(OptionalInt.of(Integer.parseInt(text)));
        }
        problems.add(
                "workers", null, null, "must be auto or a number from 0 to " + MOST + ": workers=" + Shown.text(typed));
        return new WorkerCount(OptionalInt.of(0));
    }

    /**
     * @param bytes to be read in all
     * @param tasks more workers than tasks would be idle
     */
    Choice choose(long bytes, int tasks) {
        if (fixed.isPresent()) {
            int workers = Math.min(fixed.getAsInt(), Math.max(1, tasks));
            return new Choice(fixed.getAsInt() == 0 ? 0 : workers, "<workers> says so");
        }
        return new Choice(
                0,
                "for " + Amount.bytes(bytes)
                        + ", taking the answers of workers would cost as much as reading the files");
    }

    /**
     * @param workers child processes, 0 for none
     * @param reason why, for the debug log
     */
    record Choice(int workers, String reason) {}
}
