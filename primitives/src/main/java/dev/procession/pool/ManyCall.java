package dev.procession.pool;

import dev.procession.internal.child.RemoteFailure;
import dev.procession.internal.wire.ObjectCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One function for many items: what all forms of {@code map} have in common. */
abstract class ManyCall implements Source {
    /** So long a chunk is meant to take: long beside a round trip, and short enough that no worker is late at the end. */
    private static final long CHUNK_NANOS = 1_000_000;

    /** Bytes; larger chunks would only move memory about. */
    private static final int CHUNK_BYTES = 1 << 18;

    private static final int GROWTH = 8;

    private final PoolCore core;
    private final String name;
    private final Object function;
    private final Knowledge knowledge;
    private final List<Knowledge> needs;
    private final int fixedChunk;
    private final Pace pace = new Pace();
    private int lastChunk = 1;
    private volatile int bytesPerItem = 1;

    /**
     * Serializes the function.
     *
     * @param name of the method that was called
     * @param function what travels
     * @param named what reports name
     * @param chunk items that travel together; 0 for as many as pay
     */
    ManyCall(PoolCore core, String name, Object function, Object named, int chunk) {
        this.core = core;
        this.name = name;
        this.function = named;
        this.fixedChunk = chunk;
        Broadcasts broadcasts = Broadcasts.begin(core);
        byte[] bytes;
        try {
            bytes = ObjectCodec.encode(function);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "function " + TaskText.of(named) + " of " + name + " cannot be serialized: " + e.getMessage(), e);
        } finally {
            broadcasts.end();
        }
        this.knowledge = new Knowledge(core.nextKnowledge(), bytes);
        List<Knowledge> all = new ArrayList<>(broadcasts.needed());
        all.add(knowledge);
        this.needs = List.copyOf(all);
    }

    final PoolCore core() {
        return core;
    }

    final int functionId() {
        return knowledge.id();
    }

    final List<Knowledge> needs() {
        return needs;
    }

    final Pace pace() {
        return pace;
    }

    final int fixedChunk() {
        return fixedChunk;
    }

    /** How many items come next; grows fast, since the first items of a fresh JVM tell little. */
    final int nextChunk() {
        if (fixedChunk > 0) {
            return fixedChunk;
        }
        int byTime = pace.itemsFor(CHUNK_NANOS);
        int bySize = Math.max(1, CHUNK_BYTES / bytesPerItem);
        lastChunk = Math.min(Math.min(byTime, bySize), (int) Math.min(1 << 20, (long) GROWTH * lastChunk));
        return lastChunk;
    }

    final void encoded(int bytes, int items) {
        bytesPerItem = Math.max(1, bytes / items);
    }

    final @Nullable ClassLoader loader() {
        return function.getClass().getClassLoader();
    }

    final String text(long first, long last) {
        String items = first == last ? "item " + first : "items " + first + " to " + last;
        return items + " of " + name + "(" + TaskText.of(function) + ")";
    }

    final Throwable thrown(RemoteFailure failure, long index) {
        Throwable thrown = failure.thrown(loader());
        return thrown != null ? thrown : RemoteTaskException.thrown(text(index, index), failure);
    }

    /** Nobody needs the function any more. */
    final void forget() {
        core.forget(knowledge.id());
    }

    /** Whether the first failure makes all other results worthless. */
    abstract boolean endsWithFailure();

    abstract boolean isWanted();

    /** Some results, from any thread, in any order. */
    abstract void results(long first, @Nullable Object[] values);

    /** One item has failed. */
    abstract void failed(long index, Throwable thrown);

    /** An item cannot be sent, since it cannot be serialized. */
    abstract void refused(long index, RefusedItemException thrown);
}
