package dev.procession.pool;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectStreamException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A large value that many tasks of one pool read. It travels once to each worker that runs such a task, and not with the
 * tasks, which hold this small handle:
 *
 * <pre>{@code
 * Broadcast<Dictionary> words = pool.broadcast(dictionary);
 * pool.map(text -> words.value().count(text), texts);
 * }</pre>
 *
 * <p>Each worker has one copy of its own, which all tasks on it share: read it, or know what you do. The copy was taken when
 * the value was broadcast. Closing lets the pool and its workers forget it; so does the end of the pool.
 *
 * @param <T> the type of the value
 */
public final class Broadcast<T> implements Serializable, AutoCloseable {
    private static final long serialVersionUID = 1L;

    private final long pool;
    private final int id;
    private final transient @Nullable PoolCore core;
    private transient @Nullable T own;
    private transient @Nullable Knowledge knowledge;

    Broadcast(PoolCore core, Knowledge knowledge, @Nullable T value) {
        this.pool = core.id();
        this.id = knowledge.id();
        this.core = core;
        this.own = value;
        this.knowledge = knowledge;
    }

    /** In a worker. */
    private Broadcast(long pool, int id) {
        this.pool = pool;
        this.id = id;
        this.core = null;
        this.own = null;
    }

    /**
     * The value.
     *
     * @return in a task the worker's copy; in the process that broadcast it the value itself
     * @throws IllegalStateException when it is closed, or this handle has come to a process that is no worker of its pool
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // what was broadcast as a T
    public T value() {
        if (core == null) {
            return (T) WorkerMemory.broadcast(pool, id);
        }
        T known;
        synchronized (this) {
            known = own;
        }
        if (known == null) {
            throw new IllegalStateException(this + ": its value cannot be had any more");
        }
        return known;
    }

    @Nullable
    PoolCore core() {
        return core;
    }

    synchronized @Nullable Knowledge knowledge() {
        return knowledge;
    }

    /** Lets the pool and its workers forget the value. Tasks that were handed in before can still read it. */
    @Override
    public void close() {
        PoolCore owner = core;
        if (owner == null) {
            return;
        }
        synchronized (this) {
            if (knowledge == null) {
                return;
            }
            knowledge = null;
            own = null;
        }
        owner.forget(id);
    }

    private Object writeReplace() throws ObjectStreamException {
        Broadcasts.add(this);
        return new Form(pool, id);
    }

    private void readObject(java.io.ObjectInputStream in) throws IOException {
        throw new NotSerializableException("a broadcast value travels in another form");
    }

    @Override
    public String toString() {
        boolean open = core == null || knowledge() != null;
        return "broadcast value " + id + (core == null ? "" : " of " + core) + (open ? "" : ", which is closed");
    }

    /** What travels. */
    private record Form(long pool, int id) implements Serializable {
        private Object readResolve() {
            // Back in the process that has it: the very handle, as long as that is open.
            Broadcast<?> known = PoolCore.broadcast(pool, id);
            return known != null ? known : new Broadcast<>(pool, id);
        }
    }
}
