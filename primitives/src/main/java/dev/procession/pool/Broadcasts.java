package dev.procession.pool;

import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The broadcast values that a task refers to, collected on the thread that serializes it. */
final class Broadcasts {
    private static final ThreadLocal<@Nullable Broadcasts> TRAVELLING = new ThreadLocal<>();

    private final PoolCore core;
    private final @Nullable Broadcasts outer;
    private @Nullable List<Knowledge> needed;

    private Broadcasts(PoolCore core, @Nullable Broadcasts outer) {
        this.core = core;
        this.outer = outer;
    }

    /** From here on what this thread serializes is for a worker of this pool. */
    static Broadcasts begin(PoolCore core) {
        Broadcasts begun = new Broadcasts(core, TRAVELLING.get());
        TRAVELLING.set(begun);
        return begun;
    }

    /** Ends that. */
    void end() {
        if (outer == null) {
            TRAVELLING.remove();
        } else {
            TRAVELLING.set(outer);
        }
    }

    /** A value is part of what this thread serializes. */
    static void add(Broadcast<?> value) throws NotSerializableException {
        Broadcasts travelling = TRAVELLING.get();
        if (travelling == null) {
            if (value.core() == null) {
                // In a worker: it goes back to where it came from.
                return;
            }
            throw new NotSerializableException(
                    Broadcast.class.getName() + " (" + value + " travels in tasks of its own pool only)");
        }
        if (value.core() != travelling.core) {
            throw new NotSerializableException(Broadcast.class.getName() + " (" + value
                    + " belongs to another pool than " + travelling.core + ": broadcast its value there)");
        }
        Knowledge knowledge = value.knowledge();
        if (knowledge == null) {
            throw new NotSerializableException(Broadcast.class.getName() + " (" + value + ")");
        }
        List<Knowledge> all = travelling.needed;
        if (all == null) {
            all = new ArrayList<>();
            travelling.needed = all;
        }
        if (!all.contains(knowledge)) {
            all.add(knowledge);
        }
    }

    /** The values that were met. */
    List<Knowledge> needed() {
        List<Knowledge> all = needed;
        return all == null ? List.of() : List.copyOf(all);
    }
}
