package dev.procession.plugin.timeline;

import dev.procession.plugin.timeline.Draft.Life;
import dev.procession.plugin.timeline.Picture.Point;
import java.util.ArrayList;
import java.util.List;

/**
 * How many processors all processes together used, of the times that each of them had used until it looked. What was used
 * between two looks is spread over the time between them, and the sum is told for steps of equal length. Nobody knows
 * when between two looks it was; but what is more than the machine has can only have been used earlier.
 */
final class ProcessorCurve {
    /** The times are told in steps of 10 ms; shorter steps of the curve would show these and nothing else. */
    private static final long SHORTEST_STEP = 100_000_000;

    private static final int MOST_STEPS = 2000;

    /** A process looks at least as often while it uses any. */
    private static final long LOOKS = 250_000_000;

    private static final long THOUSAND = 1000;

    private final int processors;
    private final List<Use> uses = new ArrayList<>();

    ProcessorCurve(int processors) {
        this.processors = processors;
    }

    /** A process has used {@code used} until {@code nanos}. */
    void add(Life life, long nanos, long used) {
        boolean isFirst = life.processorNanos < 0;
        if (!isFirst || life.isStarted) {
            long spent = isFirst ? used : used - life.processorNanos;
            // Until its first look a process boots, which uses processors all the time, however long it takes.
            long before = isFirst ? life.started : Math.max(life.processorSeen, nanos - LOOKS);
            // One thread's worth at most, unless it has really used more: what was booted ahead did so before its
            // start.
            long from = Math.min(before, nanos - Math.min(spent, LOOKS));
            uses.add(new Use(from, nanos, spent));
        }
        life.processorNanos = used;
        life.processorSeen = nanos;
    }

    /** {@return the curve, in thousandths of a processor} Empty when nobody looked twice. */
    List<Point> points(long begin, long end) {
        List<Point> points = new ArrayList<>();
        if (uses.isEmpty() || end <= begin) {
            return points;
        }
        long step = Math.max(SHORTEST_STEP, (end - begin) / MOST_STEPS);
        double[] spent = new double[(int) ((end - begin) / step) + 1];
        for (Use use : uses) {
            use.addTo(spent, begin, step);
        }
        // The last step is as long as there is something to see.
        long[] lengths = new long[spent.length];
        for (int i = 0; i < spent.length; i++) {
            lengths[i] = Math.min(step, Math.max(SHORTEST_STEP / 10, end - begin - i * step));
        }
        moveBack(spent, lengths);
        long last = -1;
        for (int i = 0; i < spent.length; i++) {
            long value = Math.round(spent[i] * THOUSAND / lengths[i]);
            if (value != last) {
                points.add(new Point(begin + i * step, value));
            }
            last = value;
        }
        return points;
    }

    /** What a step has no processors for was used in the one before; of what was before the picture nothing is told. */
    private void moveBack(double[] spent, long[] lengths) {
        for (int i = spent.length - 1; i >= 0; i--) {
            double excess = spent[i] - (double) processors * lengths[i];
            if (excess > 0) {
                spent[i] -= excess;
                if (i > 0) {
                    spent[i - 1] += excess;
                }
            }
        }
    }

    private record Use(long from, long to, long spent) {
        void addTo(double[] steps, long begin, long step) {
            // Of what was before the picture nothing is told.
            for (int i = step(from, steps, begin, step); i <= step(to, steps, begin, step); i++) {
                long first = Math.max(from, begin + i * step);
                long last = Math.min(to, begin + (i + 1) * step);
                if (last > first) {
                    steps[i] += (double) spent * (last - first) / (to - from);
                }
            }
        }

        private static int step(long time, double[] steps, long begin, long step) {
            return (int) Math.max(0, Math.min(steps.length - 1, (time - begin) / step));
        }
    }
}
