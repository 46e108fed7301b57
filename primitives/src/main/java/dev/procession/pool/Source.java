package dev.procession.pool;

import org.jspecify.annotations.Nullable;

/** Work in the pool's queue, which is given out piece by piece. Its methods are called under the pool's lock. */
interface Source {

    /** The next piece; null when there is none at the moment. */
    @Nullable
    Piece next();

    /** Whether there is another piece; otherwise this leaves the queue. */
    boolean hasNext();

    /** About how many pieces are left, at least 1. */
    int pieces();
}
