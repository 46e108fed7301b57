package dev.procession.manager;

import dev.procession.OwnerDeath;
import dev.procession.sync.ProcessSemaphore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A semaphore in a manager, from afar. */
final class SemaphoreProxy extends SyncProxy implements ProcessSemaphore {
    private static final long serialVersionUID = 1L;

    private final transient SemaphoreCalls calls;

    SemaphoreProxy(Ref ref) {
        super(ref);
        this.calls = ref.calls(SemaphoreCalls.class);
    }

    private SemaphoreCalls calls() {
        requireOpen();
        return calls;
    }

    @Override
    public void acquire() throws InterruptedException {
        acquire(1);
    }

    @Override
    public void acquire(int permits) throws InterruptedException {
        calls().acquire(permits, Nanos.FOR_EVER);
    }

    @Override
    public void acquireUninterruptibly() {
        acquireUninterruptibly(1);
    }

    @Override
    public void acquireUninterruptibly(int permits) {
        calls().acquireUninterruptibly(permits, Nanos.FOR_EVER);
    }

    @Override
    public boolean tryAcquire() {
        return tryAcquire(1);
    }

    @Override
    public boolean tryAcquire(int permits) {
        return calls().acquireUninterruptibly(permits, 0);
    }

    @Override
    public boolean tryAcquire(long timeout, TimeUnit unit) throws InterruptedException {
        return tryAcquire(1, timeout, unit);
    }

    @Override
    public boolean tryAcquire(Duration timeout) throws InterruptedException {
        return tryAcquire(1, timeout);
    }

    @Override
    public boolean tryAcquire(int permits, long timeout, TimeUnit unit) throws InterruptedException {
        return calls().acquire(permits, Nanos.of(timeout, unit));
    }

    @Override
    public boolean tryAcquire(int permits, Duration timeout) throws InterruptedException {
        return calls().acquire(permits, Nanos.of(timeout));
    }

    @Override
    public Held hold(int permits) throws InterruptedException {
        acquire(permits);
        AtomicBoolean released = new AtomicBoolean();
        return () -> {
            if (released.compareAndSet(false, true)) {
                release(permits);
            }
        };
    }

    @Override
    public void release() {
        release(1);
    }

    @Override
    public void release(int permits) {
        calls().release(permits);
    }

    @Override
    public int availablePermits() {
        return calls().available();
    }

    @Override
    public int drainPermits() {
        return calls().drain();
    }

    @Override
    public boolean isLeased() {
        return calls().isLeased();
    }

    @Override
    public List<OwnerDeath> ownerDeaths() {
        return calls().deaths();
    }

    @Override
    public Optional<OwnerDeath> lastDeath() {
        List<OwnerDeath> deaths = ownerDeaths();
        return deaths.isEmpty() ? Optional.empty() : Optional.of(deaths.get(deaths.size() - 1));
    }

    @Override
    public String toString() {
        return text(() -> ref().label() + ": " + calls.available() + " permits");
    }
}
