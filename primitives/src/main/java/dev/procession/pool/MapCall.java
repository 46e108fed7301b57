package dev.procession.pool;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A function for items that are all there; the first failure ends it. */
final class MapCall<R> extends ManyCall implements PoolFuture.Cancellation {
    private final PoolFuture<List<R>> future = new PoolFuture<>();
    private final @Nullable Object[] results;
    private final AtomicInteger missing;

    // Cleared at the end: who holds the future does not hold the input.
    private volatile @Nullable Object @Nullable [] items;

    private int given;

    /** @param items not empty */
    MapCall(PoolCore core, String name, Object function, Object named, @Nullable Object[] items, int chunk) {
        super(core, name, function, named, chunk);
        this.items = items;
        this.results = new Object[items.length];
        this.missing = new AtomicInteger(items.length);
        future.work(this);
    }

    PoolFuture<List<R>> future() {
        return future;
    }

    @Override
    public @Nullable Piece next() {
        @Nullable Object[] all = items;
        if (all == null || !hasNext()) {
            return null;
        }
        int left = all.length - given;
        int size = nextChunk();
        if (fixedChunk() == 0) {
            // The last chunks are small, so that the workers end at about the same time.
            size = Math.min(size, Math.max(1, left / (2 * core().workers())));
        }
        int to = given + Math.min(size, left);
        Piece piece = new Chunk(this, all, given, to, given);
        given = to;
        return piece;
    }

    @Override
    public boolean hasNext() {
        return given < results.length && isWanted();
    }

    @Override
    public int pieces() {
        int left = results.length - given;
        int chunk = fixedChunk();
        return chunk > 0 ? left / chunk + 1 : left;
    }

    @Override
    boolean endsWithFailure() {
        return true;
    }

    @Override
    boolean isWanted() {
        return !future.isDone();
    }

    @SuppressWarnings("unchecked") // the workers have applied a PoolFunction<?, R>
    @Override
    void results(long first, @Nullable Object[] values) {
        System.arraycopy(values, 0, results, (int) first, values.length);
        // Also orders what other threads have stored before what the last one reads.
        if (missing.addAndGet(-values.length) == 0 && future.complete((List<R>) Arrays.asList(results))) {
            end();
        }
    }

    @Override
    void failed(long index, Throwable thrown) {
        if (future.completeExceptionally(thrown)) {
            end();
            core().dropUnwanted();
        }
    }

    @Override
    void refused(long index, RefusedItemException thrown) {
        failed(index, thrown);
    }

    @Override
    public void cancelled(boolean running) {
        end();
        core().cancelled(this, running);
    }

    private void end() {
        items = null;
        future.work(null);
        forget();
    }
}
