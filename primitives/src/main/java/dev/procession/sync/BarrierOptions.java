package dev.procession.sync;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a barrier is made. Immutable; each method returns a changed copy. */
public final class BarrierOptions {
    private final ProcessBarrier.@Nullable Action action;
    private final long timeoutNanos;

    private BarrierOptions(ProcessBarrier.@Nullable Action action, long timeoutNanos) {
        this.action = action;
        this.timeoutNanos = timeoutNanos;
    }

    /** {@return no action, and no limit to the time that a party waits} */
    public static BarrierOptions standard() {
        return new BarrierOptions(null, 0);
    }

    /**
     * What the last party that arrives runs before anybody is released. It is code, and so it is not in shared memory: it
     * travels in the handles, and whoever opens or attaches to the barrier by name gives it again.
     */
    public BarrierOptions action(ProcessBarrier.Action value) {
        return new BarrierOptions(value, timeoutNanos);
    }

    /**
     * How long {@link ProcessBarrier#await()} waits before it breaks the barrier.
     *
     * @param value more than zero
     */
    public BarrierOptions timeout(Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("timeout must be more than zero: timeout=" + value);
        }
        long nanos;
        try {
            nanos = value.toNanos();
        } catch (ArithmeticException e) {
            nanos = Long.MAX_VALUE; // 292 years
        }
        return new BarrierOptions(action, nanos);
    }

    /** {@return what the last party runs; empty if nothing} */
    public Optional<ProcessBarrier.Action> givenAction() {
        return Optional.ofNullable(action);
    }

    /** {@return how long a party waits that does not say it; empty if for ever} */
    public Optional<Duration> timeout() {
        return timeoutNanos == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(timeoutNanos));
    }

    ProcessBarrier.@Nullable Action action() {
        return action;
    }

    long timeoutNanos() {
        return timeoutNanos;
    }

    long flags() {
        return action == null ? 0 : BarrierLayout.HAS_ACTION;
    }

    @Override
    public String toString() {
        return text(flags(), timeoutNanos);
    }

    /** {@return how messages call such options} */
    static String text(long flags, long timeoutNanos) {
        return ((flags & BarrierLayout.HAS_ACTION) == 0 ? "without an action" : "with an action")
                + (timeoutNanos == 0 ? "" : ", timeout " + Duration.ofNanos(timeoutNanos));
    }
}
