package dev.procession.pool;

import dev.procession.internal.wire.ObjectCodec;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** In a worker: what it was sent once and for all, as bytes until somebody needs it. */
final class WorkerMemory {
    private static final Map<Integer, Object> KNOWN = new HashMap<>();
    private static long pool;

    private WorkerMemory() {}

    static synchronized void belongsTo(long poolId) {
        pool = poolId;
    }

    static synchronized void learn(int id, byte[] bytes) {
        KNOWN.put(id, new Encoded(bytes));
    }

    static synchronized void forget(int id) {
        KNOWN.remove(id);
    }

    /** A function that was sent before the first task that needs it. */
    static synchronized @Nullable Object function(int id) throws IOException, ClassNotFoundException {
        Object known = KNOWN.get(id);
        if (known instanceof Encoded encoded) {
            known = ObjectCodec.decode(encoded.bytes(), Thread.currentThread().getContextClassLoader());
            KNOWN.put(id, known == null ? Absent.NULL : known);
        }
        return known == Absent.NULL ? null : known;
    }

    static synchronized @Nullable Object broadcast(long poolId, int id) {
        if (poolId != pool || !KNOWN.containsKey(id)) {
            throw new IllegalStateException("broadcast value " + id
                    + " cannot be had here: it is closed, or this process is no worker of its pool");
        }
        try {
            return function(id);
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException("broadcast value " + id + " cannot be read: " + e, e);
        }
    }

    /** Not decoded yet. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Encoded(byte[] bytes) {}

    /** A map's value for null. */
    private enum Absent {
        NULL
    }
}
