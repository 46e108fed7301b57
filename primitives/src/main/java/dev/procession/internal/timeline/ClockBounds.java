package dev.procession.internal.timeline;

import dev.procession.internal.record.Anchor;
import dev.procession.internal.record.RingContents;
import dev.procession.internal.record.RingEvent;
import dev.procession.timeline.ProcessClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far apart the clocks of two processes can be, from what they recorded.
 *
 * <p>A thread reads the time of an event after it took the event's number and before it takes its next one. So a time
 * is <em>settled</em> once its thread took another number, and every event with a later number was timed later, on any
 * clock: {@code settled time of A <= time of B's event + offset of B}. Both directions together enclose the offset.
 */
final class ClockBounds {
    private final RingContents[] rings;
    private final boolean[] hasSettled;
    private final long[] settled;
    private final boolean[] hasLow;
    private final long[] low;
    private final boolean[] hasHigh;
    private final long[] high;

    private ClockBounds(List<RingContents> rings) {
        this.rings = rings.toArray(new RingContents[0]);
        int count = this.rings.length;
        this.hasSettled = new boolean[count];
        this.settled = new long[count];
        this.hasLow = new boolean[count];
        this.low = new long[count];
        this.hasHigh = new boolean[count];
        this.high = new long[count];
    }

    /** {@return a clock for each ring, against the first one that can be read} */
    static List<ProcessClock> of(List<RingContents> rings) {
        ClockBounds bounds = new ClockBounds(rings);
        int reference = 0;
        while (reference < rings.size() && !rings.get(reference).readable()) {
            reference++;
        }
        bounds.walk(reference);
        List<ProcessClock> clocks = new ArrayList<>(rings.size());
        for (int i = 0; i < rings.size(); i++) {
            clocks.add(bounds.clock(i, reference));
        }
        return clocks;
    }

    private record Step(int ring, RingEvent event) {}

    private void walk(int reference) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < rings.length; i++) {
            for (RingEvent event : rings[i].events()) {
                steps.add(new Step(i, event));
            }
        }
        steps.sort(Comparator.comparingLong(step -> step.event().sequence()));
        Map<Long, Long> last = new HashMap<>();
        for (Step step : steps) {
            int ring = step.ring();
            long nanos = step.event().nanos();
            Long before = last.put((long) ring << 32 | step.event().thread(), nanos);
            if (before != null && (!hasSettled[ring] || before - settled[ring] > 0)) {
                hasSettled[ring] = true;
                settled[ring] = before;
            }
            if (ring == reference) {
                enclose(nanos);
            } else if (hasSettled[reference]) {
                long atLeast = settled[reference] - nanos;
                low[ring] = hasLow[ring] ? Math.max(low[ring], atLeast) : atLeast;
                hasLow[ring] = true;
            }
        }
    }

    private void enclose(long nanosOfReference) {
        for (int i = 0; i < rings.length; i++) {
            if (hasSettled[i]) {
                long atMost = nanosOfReference - settled[i];
                high[i] = hasHigh[i] ? Math.min(high[i], atMost) : atMost;
                hasHigh[i] = true;
            }
        }
    }

    private ProcessClock clock(int ring, int reference) {
        if (!rings[ring].readable()) {
            return ProcessClock.UNKNOWN;
        }
        Anchor anchor = rings[ring].anchor();
        if (ring == reference) {
            return clock(anchor, 0, 0);
        }
        long byWall = byWall(anchor, rings[reference].anchor());
        if (!hasLow[ring] || !hasHigh[ring] || low[ring] > high[ring]) {
            return clock(anchor, 0, byWall);
        }
        if (low[ring] <= 0 && high[ring] >= 0) {
            return clock(anchor, 0, Math.min(byWall, atLeastZero(Math.max(-low[ring], high[ring]))));
        }
        long width = atLeastZero(high[ring] - low[ring]);
        return clock(anchor, low[ring] + width / 2, width - width / 2);
    }

    private static ProcessClock clock(Anchor anchor, long offset, long error) {
        return new ProcessClock(anchor.nanos(), TimelineReader.wall(anchor), offset, error);
    }

    /** {@return how far from 0 the offset is at most if the wall clock was not set between the two anchors} */
    private static long byWall(Anchor one, Anchor other) {
        if (one.spreadNanos() < 0 || other.spreadNanos() < 0) {
            return Long.MAX_VALUE;
        }
        long oneBase = one.wallMicros() - Math.floorDiv(one.nanos(), 1_000L);
        long otherBase = other.wallMicros() - Math.floorDiv(other.nanos(), 1_000L);
        long micros = Math.abs(oneBase - otherBase) + 2; // each of the four was rounded down
        long nanos = micros < 0 || micros > Long.MAX_VALUE / 4_000 ? Long.MAX_VALUE / 4 : micros * 1_000;
        return atLeastZero(nanos + one.spreadNanos() / 2 + other.spreadNanos() / 2);
    }

    /** {@return the number, or that nothing is known: a negative one is a sum of garbage that ran over} */
    private static long atLeastZero(long nanos) {
        return nanos < 0 ? Long.MAX_VALUE : nanos;
    }
}
