package dev.procession.pool;

import dev.procession.internal.child.RemoteFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some items of one call. */
final class Chunk extends Piece {
    private final ManyCall call;
    private final @Nullable Object[] items;
    private final int from;
    private final int to;
    private final long firstIndex;
    private List<Knowledge> needs;

    /**
     * @param items an array that holds them, and does not change
     * @param firstIndex the position of the item at {@code from} in the input
     */
    Chunk(ManyCall call, @Nullable Object[] items, int from, int to, long firstIndex) {
        this.call = call;
        this.items = items;
        this.from = from;
        this.to = to;
        this.firstIndex = firstIndex;
        this.needs = call.needs();
    }

    @Override
    int kind() {
        return Protocol.CHUNK;
    }

    @Override
    byte[] encode() throws IOException {
        Bytes out = new Bytes(32 + 8 * items());
        out.putInt(call.functionId()).putByte(call.endsWithFailure() ? 1 : 0);
        Broadcasts broadcasts = Broadcasts.begin(call.core());
        try {
            Column.write(out, items, from, to);
        } finally {
            broadcasts.end();
        }
        List<Knowledge> inItems = broadcasts.needed();
        if (!inItems.isEmpty()) {
            List<Knowledge> all = new ArrayList<>(call.needs());
            all.addAll(inItems);
            needs = all;
        }
        call.encoded(out.length(), items());
        return out.whole();
    }

    @Override
    List<Knowledge> needs() {
        return needs;
    }

    @Override
    boolean isWanted() {
        return call.isWanted();
    }

    @Override
    int items() {
        return to - from;
    }

    @Override
    Pace pace() {
        return call.pace();
    }

    @Override
    long timeoutNanos() {
        return call.core().taskTimeoutNanos() * items();
    }

    @Override
    String text() {
        return call.text(firstIndex, firstIndex + items() - 1);
    }

    @Override
    String text(int item) {
        return call.text(firstIndex + item, firstIndex + item);
    }

    @Override
    long firstIndex() {
        return firstIndex;
    }

    @Override
    void answered(ByteBuffer content) {
        long at = firstIndex;
        long end = firstIndex + items();
        try {
            while (content.hasRemaining()) {
                if (content.get() == Protocol.VALUES) {
                    @Nullable Object[] values = Column.read(content, call.loader());
                    call.results(at, values);
                    at += values.length;
                } else {
                    byte[] failure = new byte[content.getInt()];
                    content.get(failure);
                    call.failed(at, call.thrown(RemoteFailure.decode(failure), at));
                    at++;
                    if (call.endsWithFailure()) {
                        return;
                    }
                }
            }
        } catch (IOException | ClassNotFoundException | RuntimeException | Error e) {
            for (; at < end; at++) {
                call.failed(at, RemoteTaskException.resultUndecodable(call.text(at, at), e));
            }
        } finally {
            dropPayload();
        }
    }

    @Override
    void failed(RemoteFailure failure, boolean undecodable, String worker) {
        Throwable thrown = failure.thrown(call.loader());
        if (undecodable) {
            fail(RemoteTaskException.undecodable(text(), worker, failure, thrown));
        } else {
            fail(thrown != null ? thrown : RemoteTaskException.thrown(text(), failure));
        }
    }

    @Override
    List<Piece> refused(Throwable thrown) {
        if (items() == 1) {
            call.refused(
                    firstIndex,
                    new RefusedItemException(text() + " cannot be serialized: " + thrown.getMessage(), thrown));
            return List.of();
        }
        // One of them it is: the others can travel by themselves.
        List<Piece> single = new ArrayList<>();
        for (int i = from; i < to; i++) {
            single.add(new Chunk(call, items, i, i + 1, firstIndex + i - from));
        }
        return single;
    }

    @Override
    void fail(Throwable thrown) {
        dropPayload();
        for (int i = 0; i < items(); i++) {
            call.failed(firstIndex + i, thrown);
        }
    }
}
