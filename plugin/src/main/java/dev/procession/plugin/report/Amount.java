package dev.procession.plugin.report;

import java.time.Duration;

/**
 * Numbers as people read them, the same in every locale. By hand: a JVM that has just started needs 20 ms for its first
 * {@link String#format}, and each build says one line.
 */
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
        long one = 1000;
        int unit = 0;
        // 999.5 would be rounded to 1000 below.
        while (rounded(bytes, one) >= 1000 && unit < UNITS.length - 1) {
            one *= 1000;
            unit++;
        }
        long tenths = rounded(bytes, one / 10);
        return (tenths < 100 ? tenths / 10 + "." + tenths % 10 : Long.toString(rounded(bytes, one))) + " "
                + UNITS[unit];
    }

    /**
     * A count.
     *
     * @param count how many
     * @return such as {@code 1,204}
     */
    public static String number(long count) {
        StringBuilder text = new StringBuilder(Long.toString(count));
        int first = count < 0 ? 1 : 0;
        for (int at = text.length() - 3; at > first; at -= 3) {
            text.insert(at, ',');
        }
        return text.toString();
    }

    private static long rounded(long value, long unit) {
        return value / unit + (value % unit * 2 >= unit ? 1 : 0);
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
        return hundredths(nanos, 10_000_000) + " s";
    }

    /**
     * A duration that may be very short.
     *
     * @param nanos a duration
     * @return such as {@code 0.61 s}, or {@code 0.35 ms} below a tenth of a second
     */
    public static String time(long nanos) {
        return Math.abs(nanos) >= 100_000_000 ? seconds(nanos) : hundredths(nanos, 10_000) + " ms";
    }

    private static String hundredths(long nanos, long unit) {
        long all = rounded(Math.abs(nanos), unit);
        long rest = all % 100;
        return (nanos < 0 && all > 0 ? "-" : "") + all / 100 + (rest < 10 ? ".0" : ".") + rest;
    }
}
