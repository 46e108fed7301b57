package dev.procession.manager;

import dev.procession.OwnerDeath;
import dev.procession.sync.ProcessBarrier;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A barrier in a manager, from afar. */
final class BarrierProxy extends SyncProxy implements ProcessBarrier {
    private static final long serialVersionUID = 1L;

    private final transient BarrierCalls calls;

    /** How long it waits where nothing is said; asked once. */
    private transient volatile long ownTimeout;

    BarrierProxy(Ref ref) {
        super(ref);
        this.calls = ref.calls(BarrierCalls.class);
    }

    private BarrierCalls calls() {
        requireOpen();
        return calls;
    }

    private int arrive(long nanos) throws InterruptedException, BrokenBarrierException {
        if (Thread.interrupted()) {
            calls().abort(); // the others would wait for this party
            throw new InterruptedException();
        }
        return calls().await(nanos);
    }

    @Override
    public int await() throws InterruptedException, BrokenBarrierException {
        long nanos = ownTimeout;
        if (nanos == 0) {
            nanos = calls().timeoutNanos();
            ownTimeout = nanos;
        }
        return arrive(nanos);
    }

    @Override
    public int await(long timeout, TimeUnit unit) throws InterruptedException, BrokenBarrierException {
        return arrive(Nanos.of(timeout, unit));
    }

    @Override
    public int await(Duration timeout) throws InterruptedException, BrokenBarrierException {
        return arrive(Nanos.of(timeout));
    }

    @Override
    public Registration register() {
        calls().register();
        AtomicBoolean left = new AtomicBoolean();
        return () -> {
            if (left.compareAndSet(false, true)) {
                calls.deregister();
            }
        };
    }

    @Override
    public void abort() {
        calls().abort();
    }

    @Override
    public void reset() {
        calls().reset();
    }

    @Override
    public boolean isBroken() {
        return calls().isBroken();
    }

    @Override
    public Optional<OwnerDeath> ownerDeath() {
        return Optional.ofNullable(calls().ownerDeath());
    }

    @Override
    public int getNumberWaiting() {
        return calls().waiting();
    }

    @Override
    public int getParties() {
        return calls().parties();
    }

    @Override
    public String toString() {
        return text(calls::describe);
    }
}
