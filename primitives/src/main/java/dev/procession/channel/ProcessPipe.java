package dev.procession.channel;

import dev.procession.internal.memory.Block;
import dev.procession.internal.participant.Attachment;
import dev.procession.internal.participant.ObjectType;
import dev.procession.internal.participant.Participant;
import dev.procession.internal.participant.SessionAccess;
import dev.procession.session.Session;

/**
 * A pipe between processes that carries messages: what is sent into one {@link PipeEnd} comes out of the other, whole and in
 * order. A one-way pipe has a reader's end and a writer's, a duplex one two ends that do both.
 *
 * <p>The object itself is only how a pipe comes into the world, with a handle of each end in this process. It is the ends that
 * are given to others: in the fields or the lambda of a child, or in a message. Whoever gives an end away and does not want it
 * any more closes its own handle, at once if it likes; the other end then hears of it when the new owner goes, and not before.
 *
 * <pre>{@code
 * try (ProcessPipe<String> pipe = ProcessPipe.duplex(session)) {
 *     PipeEnd<String> theirs = pipe.second();
 *     ChildProcess child = ChildProcess.of(() -> theirs.send(theirs.receive().toUpperCase(Locale.ROOT)));
 *     child.start();
 *     theirs.close();                  // this process's handle; the child has its own
 *     pipe.first().send("hello");
 *     pipe.first().receive();          // HELLO; if the child dies instead: EndOfPipeException
 * }
 * }</pre>
 *
 * <p>A pipe is freed when no process has a handle of it, and in any case with its session.
 *
 * @param <T> the type of the values
 */
public final class ProcessPipe<T> implements AutoCloseable {
    private final boolean duplex;
    private final PipeEnd<T> first;
    private final PipeEnd<T> second;

    private ProcessPipe(boolean duplex, PipeEnd<T> first, PipeEnd<T> second) {
        this.duplex = duplex;
        this.first = first;
        this.second = second;
    }

    /**
     * Creates a pipe with two ends that send and receive, for everything that Java serialization takes.
     *
     * @throws dev.procession.OutOfSharedMemoryException if there is no room
     */
    public static <T> ProcessPipe<T> duplex(Session session) {
        return duplex(session, Codec.objects(), PipeOptions.standard());
    }

    /** Creates a pipe with two ends that send and receive. */
    public static <T> ProcessPipe<T> duplex(Session session, Codec<T> codec) {
        return duplex(session, codec, PipeOptions.standard());
    }

    /** Creates a pipe with two ends that send and receive. */
    public static <T> ProcessPipe<T> duplex(Session session, Codec<T> codec, PipeOptions options) {
        return create(session, 2, codec, options);
    }

    /**
     * Creates a pipe with a reader's end and a writer's end, for everything that Java serialization takes.
     *
     * @throws dev.procession.OutOfSharedMemoryException if there is no room
     */
    public static <T> ProcessPipe<T> oneWay(Session session) {
        return oneWay(session, Codec.objects(), PipeOptions.standard());
    }

    /** Creates a pipe with a reader's end and a writer's end. */
    public static <T> ProcessPipe<T> oneWay(Session session, Codec<T> codec) {
        return oneWay(session, codec, PipeOptions.standard());
    }

    /** Creates a pipe with a reader's end and a writer's end. */
    public static <T> ProcessPipe<T> oneWay(Session session, Codec<T> codec, PipeOptions options) {
        return create(session, 1, codec, options);
    }

    private static <T> ProcessPipe<T> create(Session session, int directions, Codec<T> codec, PipeOptions options) {
        Participant participant = SessionAccess.of(session);
        PipeLayout layout = new PipeLayout(participant.table().slots(), options.capacity(), directions);
        Attachment<PipeCore> one = participant.create(
                ObjectType.PIPE, null, layout.length(), block -> PipeCore.fill(block, layout), PipeCore::of);
        PipeEnd<T> first = new PipeEndHandle<>(one, 0, codec);
        Block block = one.block();
        PipeEnd<T> second = new PipeEndHandle<>(participant.attach(block, PipeCore::of), 1, codec);
        return new ProcessPipe<>(directions == 2, first, second);
    }

    /** {@return the first end: one of the two of a duplex pipe, the reader's of a one-way pipe} */
    public PipeEnd<T> first() {
        return first;
    }

    /** {@return the second end: the other one of a duplex pipe, the writer's of a one-way pipe} */
    public PipeEnd<T> second() {
        return second;
    }

    /**
     * {@return the end that receives}
     *
     * @throws IllegalStateException if this is a duplex pipe, where both do
     */
    public PipeEnd<T> reader() {
        requireOneWay();
        return first;
    }

    /**
     * {@return the end that sends}
     *
     * @throws IllegalStateException if this is a duplex pipe, where both do
     */
    public PipeEnd<T> writer() {
        requireOneWay();
        return second;
    }

    private void requireOneWay() {
        if (duplex) {
            throw new IllegalStateException("both ends of a duplex pipe send and receive: use first() and second()");
        }
    }

    /** Closes this process's handles of both ends. Idempotent. */
    @Override
    public void close() {
        first.close();
        second.close();
    }

    @Override
    public String toString() {
        return (duplex ? "duplex pipe " : "one-way pipe ") + first.name();
    }
}
