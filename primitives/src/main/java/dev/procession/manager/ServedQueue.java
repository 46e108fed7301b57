package dev.procession.manager;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A queue in the server. Whoever waits sleeps in a thread of the server of their own. */
final class ServedQueue extends Servant implements QueueCalls {
    private final int capacity;
    private final ArrayDeque<Object> items = new ArrayDeque<>();
    private final ReentrantLock mutex = new ReentrantLock();
    private final Condition notEmpty = mutex.newCondition();
    private final Condition notFull = mutex.newCondition();
    private final Condition allDone = mutex.newCondition();
    private int unfinished;

    ServedQueue(ManagerServer server, int capacity) {
        super(server);
        this.capacity = capacity;
    }

    private interface State {
        boolean holds();
    }

    /** Waits with the lock held. An interrupt is a cancelled call, or the end of its client. */
    private static boolean await(Condition condition, State state, long nanos) throws InterruptedException {
        long left = nanos;
        while (!state.holds()) {
            if (left <= 0) {
                return false;
            }
            if (nanos == Long.MAX_VALUE) {
                condition.await();
            } else {
                left = condition.awaitNanos(left);
            }
        }
        return true;
    }

    @Override
    public boolean offer(Object value, long nanos) throws InterruptedException {
        Objects.requireNonNull(value);
        mutex.lockInterruptibly();
        try {
            if (!await(notFull, () -> items.size() < capacity, nanos)) {
                return false;
            }
            items.add(value);
            unfinished++;
            notEmpty.signal();
            return true;
        } catch (InterruptedException e) {
            notFull.signal(); // a signal that this thread may have swallowed
            throw e;
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public @Nullable Object poll(long nanos) throws InterruptedException {
        mutex.lockInterruptibly();
        try {
            if (!await(notEmpty, () -> !items.isEmpty(), nanos)) {
                return null;
            }
            requireAlive(caller());
            Object item = items.remove();
            notFull.signal();
            // The client may be gone before it has the item: then it is the next one's.
            server.ifUndelivered(() -> putBack(List.of(item)));
            return item;
        } catch (InterruptedException | ClientGoneException e) {
            notEmpty.signal();
            throw e;
        } finally {
            mutex.unlock();
        }
    }

    private void putBack(List<Object> taken) {
        mutex.lock();
        try {
            for (int i = taken.size() - 1; i >= 0; i--) {
                items.addFirst(taken.get(i));
            }
            notEmpty.signalAll();
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public @Nullable Object peek() {
        return locked(items::peek);
    }

    @Override
    public int size() {
        return Objects.requireNonNull(locked(items::size));
    }

    @Override
    public int remainingCapacity() {
        return capacity - size();
    }

    @Override
    public boolean remove(Object value) {
        return Objects.requireNonNull(locked(() -> {
            boolean removed = items.remove(value);
            if (removed) {
                notFull.signal();
            }
            return removed;
        }));
    }

    @Override
    public List<Object> drain(int most) {
        Caller me = caller();
        return Objects.requireNonNull(locked(() -> {
            requireAlive(me);
            List<Object> taken = new ArrayList<>();
            while (taken.size() < most && !items.isEmpty()) {
                taken.add(items.remove());
            }
            notFull.signalAll();
            if (!taken.isEmpty()) {
                server.ifUndelivered(() -> putBack(taken));
            }
            return taken;
        }));
    }

    @Override
    public List<Object> all() {
        return Objects.requireNonNull(locked(() -> new ArrayList<>(items)));
    }

    @Override
    public void clear() {
        locked(() -> {
            items.clear();
            notFull.signalAll();
            return null;
        });
    }

    @Override
    public void taskDone() {
        locked(() -> {
            if (unfinished == 0) {
                throw new IllegalStateException("taskDone() was called too many times: all items were reported done");
            }
            unfinished--;
            if (unfinished == 0) {
                allDone.signalAll();
            }
            return null;
        });
    }

    @Override
    public boolean join(long nanos) throws InterruptedException {
        if (!mutex.tryLock(Long.MAX_VALUE, TimeUnit.NANOSECONDS)) {
            return false;
        }
        try {
            return await(allDone, () -> unfinished == 0, nanos);
        } finally {
            mutex.unlock();
        }
    }

    @Override
    public int unfinished() {
        return Objects.requireNonNull(locked(() -> unfinished));
    }

    private <T> @Nullable T locked(java.util.function.Supplier<@Nullable T> body) {
        mutex.lock();
        try {
            return body.get();
        } finally {
            mutex.unlock();
        }
    }
}
