package dev.procession;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Something that a thread can wait for together with others: that a message comes, that an event is set, that a child has
 * ended. Whatever it is, {@link #awaitAny} waits for the first of them, without looking again and again meanwhile.
 *
 * <pre>{@code
 * Waitable ended = Waitable.of(child.onExit());
 * List<Waitable> ready = Waitable.awaitAny(List.of(pipeEnd, stopEvent, ended), 5, TimeUnit.SECONDS);
 * if (ready.contains(ended)) { ... }
 * }</pre>
 *
 * <p>Ready is a state, not an occurrence: what is ready stays so until somebody takes the message or clears the event, and
 * who asks may be too late when others do that too.
 */
public interface Waitable {
    /**
     * Whether whoever uses it now need not wait.
     *
     * @throws IllegalStateException if it was closed by this process
     */
    boolean isReady();

    /**
     * Calls back once when this may be ready. Whoever registers looks at {@link #isReady} <i>after</i> that, since what was
     * ready before need not be told; and does both again after a call for nothing.
     *
     * @param signal is called at most once, by any thread, and perhaps for nothing. It must return at once, wait for nobody,
     *     and not use this object: it sets a flag, or wakes a thread
     * @return ends the registration; to be closed whether the signal was called or not
     * @throws IllegalStateException if this was closed by this process
     */
    Registration whenReady(Runnable signal);

    /** That somebody is to be called. */
    @FunctionalInterface
    interface Registration extends AutoCloseable {
        /** Ends it; a call that is under way may still be made. Idempotent. */
        @Override
        void close();
    }

    /**
     * {@return what is ready when a stage is completed, in whichever way} Make it once and keep it: a stage never forgets
     * those who asked it.
     *
     * @param stage for example {@code ChildProcess.onExit()}
     */
    static Waitable of(CompletionStage<?> stage) {
        return new StageWaitable(stage);
    }

    /**
     * {@return what is ready when a process has ended}
     *
     * @param process any process of this machine that this one may watch
     */
    static Waitable of(ProcessHandle process) {
        return new StageWaitable(process.onExit());
    }

    /**
     * Waits until something is ready.
     *
     * @param any what is waited for
     * @return all of them that are ready, in the order given; at least one
     * @throws InterruptedException if this thread is interrupted
     * @throws IllegalArgumentException if there is nothing to wait for
     * @throws IllegalStateException if one of them was closed by this process, before or meanwhile
     */
    static <W extends Waitable> List<W> awaitAny(Collection<? extends W> any) throws InterruptedException {
        if (any.isEmpty()) {
            throw new IllegalArgumentException("nothing to wait for, and no timeout: this would take for ever");
        }
        return Readiness.await(any, Long.MAX_VALUE);
    }

    /**
     * Waits until something is ready, or the time is over.
     *
     * @param any what is waited for
     * @param timeout zero or less does not wait
     * @return all of them that are ready, in the order given; empty if the time is over
     * @throws InterruptedException if this thread is interrupted
     * @throws IllegalStateException if one of them was closed by this process, before or meanwhile
     */
    static <W extends Waitable> List<W> awaitAny(Collection<? extends W> any, long timeout, TimeUnit unit)
            throws InterruptedException {
        return Readiness.await(any, unit.toNanos(timeout));
    }

    /**
     * Waits until something is ready, or the time is over.
     *
     * @param any what is waited for
     * @param timeout zero or less does not wait
     * @return all of them that are ready, in the order given; empty if the time is over
     * @throws InterruptedException if this thread is interrupted
     * @throws IllegalStateException if one of them was closed by this process, before or meanwhile
     */
    static <W extends Waitable> List<W> awaitAny(Collection<? extends W> any, Duration timeout)
            throws InterruptedException {
        return Readiness.await(any, TimeUnit.NANOSECONDS.convert(timeout));
    }
}
