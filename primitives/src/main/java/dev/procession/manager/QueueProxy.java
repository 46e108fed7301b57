package dev.procession.manager;

import java.io.Serializable;
import java.time.Duration;
import java.util.AbstractQueue;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A queue in a manager, from afar. */
@SuppressWarnings({"unchecked", "NullAway"}) // what comes out is what was put in
final class QueueProxy<E> extends AbstractQueue<E> implements ManagedQueue<E>, Proxied, Serializable {
    private static final long serialVersionUID = 1L;

    private final transient Ref ref;
    private final transient QueueCalls calls;

    QueueProxy(Ref ref) {
        this.ref = ref;
        this.calls = ref.calls(QueueCalls.class);
    }

    @Override
    public Ref ref() {
        return ref;
    }

    private Object writeReplace() {
        return ref.form();
    }

    /** For calls that do not wait: an interrupt that is there already is kept for later. */
    private static <T> T atOnce(Waiting<T> body) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return body.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private interface Waiting<T> {
        T get() throws InterruptedException;
    }

    @Override
    public void put(E item) throws InterruptedException {
        calls.offer(Objects.requireNonNull(item), Long.MAX_VALUE);
    }

    @Override
    public boolean offer(E item) {
        Objects.requireNonNull(item);
        return atOnce(() -> calls.offer(item, 0));
    }

    @Override
    public boolean offer(E item, long timeout, TimeUnit unit) throws InterruptedException {
        return calls.offer(Objects.requireNonNull(item), Nanos.of(timeout, unit));
    }

    @Override
    public E take() throws InterruptedException {
        return (E) Objects.requireNonNull(calls.poll(Long.MAX_VALUE));
    }

    @Override
    public @Nullable E poll() {
        return atOnce(() -> (E) calls.poll(0));
    }

    @Override
    public @Nullable E poll(long timeout, TimeUnit unit) throws InterruptedException {
        return (E) calls.poll(Nanos.of(timeout, unit));
    }

    @Override
    public @Nullable E peek() {
        return (E) calls.peek();
    }

    @Override
    public int size() {
        return calls.size();
    }

    @Override
    public int remainingCapacity() {
        return calls.remainingCapacity();
    }

    @Override
    public boolean remove(Object item) {
        return calls.remove(item);
    }

    @Override
    public boolean contains(Object item) {
        return calls.all().contains(item);
    }

    @Override
    public void clear() {
        calls.clear();
    }

    @Override
    public int drainTo(Collection<? super E> target) {
        return drainTo(target, Integer.MAX_VALUE);
    }

    @Override
    public int drainTo(Collection<? super E> target, int most) {
        Objects.requireNonNull(target, "target"); // before anything is taken: it would be lost
        if (target == this) {
            throw new IllegalArgumentException("a queue cannot be drained into itself");
        }
        List<Object> items = calls.drain(most);
        items.forEach(item -> target.add((E) item));
        return items.size();
    }

    @Override
    public Object[] toArray() {
        return calls.all().toArray();
    }

    @Override
    public Iterator<E> iterator() {
        return new Snapshot<>(calls.all(), this::remove);
    }

    @Override
    public void taskDone() {
        calls.taskDone();
    }

    @Override
    public void join() throws InterruptedException {
        calls.join(Long.MAX_VALUE);
    }

    @Override
    public boolean join(Duration timeout) throws InterruptedException {
        return calls.join(Nanos.of(timeout));
    }

    @Override
    public int unfinished() {
        return calls.unfinished();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return ref.isSame(other);
    }

    @Override
    public String toString() {
        return Printed.text(ref, super::toString);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(ref.id());
    }
}
