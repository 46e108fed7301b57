package dev.procession.plugin.lecture;

import java.time.Duration;

/** How fast examples are played: scales waits, never what the machine needs by itself. */
public record Speed(double factor) {
    private static final double SLOWEST = 0.01;
    private static final double FASTEST = 100;

    /** Shorter waits would drown in what the start and the end of a JVM take, and nothing would be seen. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(200);

    public static Speed parse(String typed) {
        double factor;
        try {
            factor = Double.parseDouble(typed.strip());
        } catch (NumberFormatException e) {
            factor = Double.NaN;
        }
        // Written so that NaN is refused.
        if (!(factor >= SLOWEST && factor <= FASTEST)) {
            throw new LectureFailedException(
                    "<speed> (procession.demo.speed) must be a number from 0.01 to 100, such as"
                            + " 0.5 for waits of double length: speed=" + typed);
        }
        return new Speed(factor);
    }

    Duration of(Duration wait) {
        Duration scaled = Duration.ofNanos((long) (wait.toNanos() / factor));
        return scaled.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : scaled;
    }

    /** A slow play may take longer; a fast one is not expected to be done sooner, since a JVM's start does not scale. */
    public Duration limit(Duration atSpeedOne) {
        return factor >= 1 ? atSpeedOne : Duration.ofNanos((long) (atSpeedOne.toNanos() / factor));
    }
}
