package dev.procession.plugin.report;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
public final class Amount {
    private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

    private Amount() {}

    /**
     * A size.
     *
     * @param bytes a number of bytes
     * @return such as {@code 412 kB} or {@code 3.1 MB}, in steps of 1000
     */
    public static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        // 999.5 would be printed as 1000 by the format below.
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 9.95 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
    }

    /**
     * A count.
     *
     * @param count how many
     * @return such as {@code 1,204}
     */
    public static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /**
     * A count with its noun.
     *
     * @param count how many
     * @param noun the word for one of them, with a regular plural
     * @return such as {@code 1 file} or {@code 1,204 files}
     */
    public static String of(long count, String noun) {
        return number(count) + " " + (count == 1 ? noun : noun + "s");
    }

    /**
     * How old something is.
     *
     * @param age how long ago it was; none if negative, as a clock that was set back can make it
     * @return such as {@code 12 s}, {@code 5 min}, {@code 3 h} or {@code 40 d}, rounded down
     */
    public static String age(Duration age) {
        if (age.isNegative()) {
            return "0 s";
        }
        if (age.toMinutes() == 0) {
            return age.toSeconds() + " s";
        }
        if (age.toHours() == 0) {
            return age.toMinutes() + " min";
        }
        return age.toDays() == 0 ? age.toHours() + " h" : number(age.toDays()) + " d";
    }

    /**
     * A duration.
     *
     * @param nanos a duration
     * @return such as {@code 0.61 s}
     */
    public static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }

    /**
     * A duration that may be very short.
     *
     * @param nanos a duration
     * @return such as {@code 0.61 s}, or {@code 0.35 ms} below a tenth of a second
     */
    public static String time(long nanos) {
        return Math.abs(nanos) >= 100_000_000 ? seconds(nanos) : String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
    }
}
