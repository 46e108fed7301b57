package dev.procession.channel;

import dev.procession.DecodingException;
import dev.procession.internal.liveness.Owner;
import dev.procession.internal.memory.Block;
import dev.procession.internal.participant.Attachment;
import dev.procession.internal.participant.HandleForm;
import dev.procession.internal.participant.ObjectType;
import dev.procession.internal.waiting.Deadline;
import dev.procession.session.Session;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A handle of a joinable queue in shared memory. */
final class JoinableQueueHandle<E> extends QueueHandle<E> implements JoinableProcessQueue<E> {
    private static final long serialVersionUID = 1L;

    private JoinableQueueHandle(Attachment<QueueCore> attachment, Codec<E> codec) {
        super(attachment, codec);
    }

    static <E> JoinableQueueHandle<E> create(Session session, @Nullable String name, QueueOptions<E> options) {
        return new JoinableQueueHandle<>(created(session, ObjectType.JOINABLE_QUEUE, name, options), options.codec());
    }

    static <E> JoinableQueueHandle<E> open(Session session, String name, QueueOptions<E> options) {
        return new JoinableQueueHandle<>(opened(session, ObjectType.JOINABLE_QUEUE, name, options), options.codec());
    }

    static <E> JoinableQueueHandle<E> attach(Session session, String name, Codec<E> codec) {
        return new JoinableQueueHandle<>(attached(session, ObjectType.JOINABLE_QUEUE, name, codec), codec);
    }

    @Override
    QueueHandle<E> copy() {
        return new JoinableQueueHandle<>(attachment.participant().attach(attachment.block(), QueueCore::of), codec);
    }

    /** Decodes what was leased; what cannot be decoded is given back, and counts as an attempt. */
    private E decoded(Scratch taken, LeaseHold hold) {
        boolean decoded = false;
        try {
            E item = core.decode(taken, codec);
            decoded = true;
            return item;
        } finally {
            if (!decoded) {
                hold.run();
            }
        }
    }

    private LeaseHold hold(Scratch taken) {
        Block block = Objects.requireNonNull(taken.block);
        return new LeaseHold(core, block, taken.seq);
    }

    @Override
    E received(Scratch taken) {
        LeaseHold hold = hold(taken);
        E item = decoded(taken, hold);
        core.implicit.add(hold);
        return item;
    }

    private Lease<E> leased(Scratch taken) {
        LeaseHold hold = hold(taken);
        return new LeaseHandle<>(this, decoded(taken, hold), hold);
    }

    @Override
    public Lease<E> lease() throws InterruptedException {
        return takeAtLast(this::leased);
    }

    @Override
    public @Nullable Lease<E> tryLease() {
        return takeNow(this::leased);
    }

    @Override
    public @Nullable Lease<E> tryLease(Duration timeout) throws InterruptedException {
        return takeUntil(deadline(timeout), this::leased);
    }

    @Override
    public void taskDone() {
        requireOpen();
        LeaseHold hold = core.implicit.next();
        if (hold == null) {
            throw new IllegalStateException(core.label
                    + ": taskDone() was called too many times: this process has taken no item that is not done");
        }
        try {
            hold.done();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void join() throws InterruptedException {
        joinUntil(Deadline.NEVER);
    }

    @Override
    public boolean join(long timeout, TimeUnit unit) throws InterruptedException {
        return joinUntil(Deadline.in(timeout, unit));
    }

    @Override
    public boolean join(Duration timeout) throws InterruptedException {
        return joinUntil(Deadline.in(timeout));
    }

    private boolean joinUntil(long deadline) throws InterruptedException {
        requireOpen();
        try {
            return core.join(deadline);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public int unfinished() {
        requireOpen();
        return (int) Math.min(Integer.MAX_VALUE, core.size() + core.out());
    }

    @Override
    public List<DeadLetter<E>> deadLetters() {
        return deadLetters(false);
    }

    @Override
    public List<DeadLetter<E>> takeDeadLetters() {
        return deadLetters(true);
    }

    private List<DeadLetter<E>> deadLetters(boolean take) {
        requireOpen();
        List<DeadLetter<E>> letters = new ArrayList<>();
        for (QueueCore.DeadItem dead : core.deadItems(take)) {
            boolean died = !attachment.participant().table().isMember(dead.lastOwner());
            letters.add(new DeadLetter<>(
                    decode(dead),
                    dead.seq(),
                    dead.attempts(),
                    died && Owner.slot(dead.lastOwner()) != 0
                            ? Optional.of(core.deathOf(dead.lastOwner(), dead.seq()))
                            : Optional.empty()));
        }
        return letters;
    }

    private E decode(QueueCore.DeadItem dead) {
        try {
            return codec.decode(ByteBuffer.wrap(dead.bytes()));
        } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError e) {
            throw new DecodingException(
                    core.label + ": the dead letter " + dead.seq() + " cannot be decoded by " + codec + ": " + e, e);
        }
    }

    @Override
    Object writeReplace() {
        requireOpen();
        return new Form<>(attachment.form(), codec);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a queue travels as its form");
    }

    private record Form<E>(HandleForm handle, Codec<E> codec) implements Serializable {
        Object readResolve() {
            return new JoinableQueueHandle<>(handle.attach(QueueCore::of), codec);
        }
    }
}
