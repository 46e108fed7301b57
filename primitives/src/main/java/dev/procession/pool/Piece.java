package dev.procession.pool;

import dev.procession.internal.child.RemoteFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one worker runs at a time, and what is lost when it dies. Also the source of itself, when it is tried again. */
abstract class Piece implements Source {
    private volatile @Nullable Worker holder;
    private byte @Nullable [] payload;

    // Known to the thread of the slot that has it alone.
    private int sequence;
    private int attempts;

    // What it was counted as when it was sent.
    private long expectedNanos;
    private int sentBytes;

    private boolean claimed;

    @Override
    public final Piece next() {
        return this;
    }

    @Override
    public final boolean hasNext() {
        return false;
    }

    @Override
    public final int pieces() {
        return 1;
    }

    /** Serializes it, the first time. */
    final byte[] payload() throws IOException {
        byte[] known = payload;
        if (known == null) {
            known = encode();
            payload = known;
        }
        return known;
    }

    /** Once nobody sends it any more. */
    final void dropPayload() {
        payload = null;
    }

    /** Whether the caller is the one who decides what becomes of it: an answer and a limit of time may meet. */
    final synchronized boolean claim() {
        boolean first = !claimed;
        claimed = true;
        return first;
    }

    final synchronized boolean isClaimed() {
        return claimed;
    }

    final void sent(Worker to, int number, long expected, int bytes) {
        sequence = number;
        expectedNanos = expected;
        sentBytes = bytes;
        holder = to;
    }

    final void returned() {
        holder = null;
    }

    /** Where it runs or waits to be run; null while it is in the queue. */
    final @Nullable Worker holder() {
        return holder;
    }

    final int sequence() {
        return sequence;
    }

    final long expectedNanos() {
        return expectedNanos;
    }

    final int sentBytes() {
        return sentBytes;
    }

    final int nextAttempt() {
        attempts++;
        return attempts;
    }

    /** {@link Protocol#TASK} or {@link Protocol#CHUNK}. */
    abstract int kind();

    /** The content of its command, behind the sequence. */
    abstract byte[] encode() throws IOException;

    /** What a worker must know before; after {@link #payload}. */
    abstract List<Knowledge> needs();

    /** Whether anybody waits for it. */
    abstract boolean isWanted();

    abstract int items();

    abstract Pace pace();

    /** 0 for none. */
    abstract long timeoutNanos();

    /** What reports call it. */
    abstract String text();

    /** What reports call one item of it. */
    String text(int item) {
        return text();
    }

    /** The position of its first item in the input, or -1. */
    abstract long firstIndex();

    /** A result has come: a {@link Column} of one, or the outcomes of a chunk. Never throws. */
    abstract void answered(ByteBuffer content);

    /** It failed as a whole, in the worker. */
    abstract void failed(RemoteFailure failure, boolean undecodable, String worker);

    /** It could not be serialized. Returns smaller pieces to be tried instead; when there are none, it has failed. */
    abstract List<Piece> refused(Throwable thrown);

    /** There will be no answer. */
    abstract void fail(Throwable thrown);
}
