package dev.procession.plugin.work;

import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/**
 * The time that a copy can get. For a time before 1970 with a fraction of a second the JDK asks the system for a negative
 * fraction, is refused, and sets 1970 instead, without a word.
 */
public final class KeptTime {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private KeptTime() {}

    /**
     * The nearest time that can be set: the time itself, but for those before 1970, which lose their fraction.
     *
     * @param time any time
     * @return the same, or the beginning of its second
     */
    public static FileTime of(FileTime time) {
        long nanos = time.to(TimeUnit.NANOSECONDS);
        return isExact(nanos) ? time : FileTime.from(of(nanos), TimeUnit.NANOSECONDS);
    }

    /** The same for nanoseconds since 1970. */
    public static long of(long nanos) {
        return isExact(nanos) ? nanos : Math.floorDiv(nanos, SECOND) * SECOND;
    }

    /** Whether a file can get this very time. */
    static boolean isExact(long nanos) {
        return nanos >= 0 || nanos == Long.MIN_VALUE || nanos % SECOND == 0;
    }

    /** Whether a copy has the time that a source of this time gives it. */
    public static boolean isOf(long source, long copy) {
        return copy == source || copy == of(source);
    }
}
