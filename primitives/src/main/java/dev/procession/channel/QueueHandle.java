package dev.procession.channel;

import dev.procession.OwnerDeath;
import dev.procession.internal.memory.Block;
import dev.procession.internal.participant.Attachment;
import dev.procession.internal.participant.HandleForm;
import dev.procession.internal.participant.ObjectType;
import dev.procession.internal.participant.Participant;
import dev.procession.internal.participant.SessionAccess;
import dev.procession.internal.waiting.Deadline;
import dev.procession.session.Session;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A handle of a queue in shared memory. */
@SuppressWarnings("serial") // it never travels itself: see writeReplace
class QueueHandle<E> implements ProcessQueue<E>, Serializable {
    private static final long serialVersionUID = 1L;

    /** A deadline that says: do not wait. */
    private static final long NOW = 0;

    final transient Attachment<QueueCore> attachment;
    final transient QueueCore core;
    final transient Codec<E> codec;

    QueueHandle(Attachment<QueueCore> attachment, Codec<E> codec) {
        this.attachment = attachment;
        this.core = attachment.core();
        this.codec = codec;
        attachment.belongsTo(this);
    }

    static <E> QueueHandle<E> create(Session session, @Nullable String name, QueueOptions<E> options) {
        return new QueueHandle<>(created(session, ObjectType.QUEUE, name, options), options.codec());
    }

    static <E> QueueHandle<E> open(Session session, String name, QueueOptions<E> options) {
        return new QueueHandle<>(opened(session, ObjectType.QUEUE, name, options), options.codec());
    }

    static <E> QueueHandle<E> attach(Session session, String name, Codec<E> codec) {
        return new QueueHandle<>(attached(session, ObjectType.QUEUE, name, codec), codec);
    }

    static Attachment<QueueCore> created(
            Session session, ObjectType type, @Nullable String name, QueueOptions<?> options) {
        Participant participant = SessionAccess.of(session);
        return participant.create(
                type,
                name,
                QueueCore.length(participant, options),
                block -> QueueCore.fill(block, options),
                QueueCore::of);
    }

    static Attachment<QueueCore> opened(Session session, ObjectType type, String name, QueueOptions<?> options) {
        Participant participant = SessionAccess.of(session);
        Attachment<QueueCore> opened = participant.open(
                type,
                name,
                QueueCore.length(participant, options),
                block -> QueueCore.fill(block, options),
                QueueCore::of);
        Block block = opened.block();
        if (QueueCore.capacity(block) != options.capacityOrMax() || QueueCore.flags(block) != options.flags()) {
            long capacity = QueueCore.capacity(block);
            String there = opened.label() + " is there with capacity="
                    + (capacity == Long.MAX_VALUE ? "unbounded" : capacity)
                    + (QueueCore.flags(block) == 0 ? "" : " endWhenProducersGone");
            opened.abandon();
            throw new IllegalArgumentException(
                    there + ", not with " + options + ": attach to it, or open it as it was made");
        }
        return requireCodec(opened, options.codec());
    }

    static Attachment<QueueCore> attached(Session session, ObjectType type, String name, Codec<?> codec) {
        return requireCodec(SessionAccess.of(session).attach(type, name, QueueCore::of), codec);
    }

    private static Attachment<QueueCore> requireCodec(Attachment<QueueCore> opened, Codec<?> codec) {
        String there = QueueCore.codec(opened.block());
        String mine = QueueOptions.name(codec);
        // Of a long name only the beginning is known there.
        if (!mine.equals(there) && !(there.length() > QueueLayout.CODEC_MAX / 2 && mine.startsWith(there))) {
            String label = opened.label();
            opened.abandon();
            throw new IllegalArgumentException(
                    label + " was made with the codec " + there + ", not " + mine + ": use the same in every process");
        }
        return opened;
    }

    final void requireOpen() {
        if (attachment.isClosed()) {
            throw new IllegalStateException(
                    core.label + " is closed in this process: open or attach it again, or keep its session open");
        }
    }

    static long deadline(long timeout, TimeUnit unit) {
        return timeout <= 0 ? NOW : Deadline.in(timeout, unit);
    }

    static long deadline(Duration timeout) {
        return timeout.isNegative() || timeout.isZero() ? NOW : Deadline.in(timeout);
    }

    private static void requireUninterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private boolean put(E item, long deadline, boolean producer) throws InterruptedException {
        requireOpen();
        try {
            QueueCore.End end = core.put(item, codec, deadline, producer);
            if (end == QueueCore.End.OVER) {
                throw new QueueEndedException(core.label + " has ended: nothing can be put into it any more");
            }
            return end == QueueCore.End.DONE;
        } finally {
            Reference.reachabilityFence(this); // or the handle could be closed by the collector during the wait
        }
    }

    final boolean offerNow(E item, boolean producer) {
        try {
            return put(item, NOW, producer);
        } catch (InterruptedException e) {
            throw new AssertionError(e); // it was asked not to
        }
    }

    final boolean offer(E item, long deadline, boolean producer) throws InterruptedException {
        requireUninterrupted();
        return put(item, deadline, producer);
    }

    @Override
    public void put(E item) throws InterruptedException {
        offer(item, Deadline.NEVER, false);
    }

    @Override
    public boolean offer(E item) {
        return offerNow(item, false);
    }

    @Override
    public boolean offer(E item, long timeout, TimeUnit unit) throws InterruptedException {
        return offer(item, deadline(timeout, unit), false);
    }

    @Override
    public boolean offer(E item, Duration timeout) throws InterruptedException {
        return offer(item, deadline(timeout), false);
    }

    /** What becomes of an item that was taken. */
    E received(Scratch taken) {
        return core.decode(taken, codec);
    }

    final <R> @Nullable R take(long deadline, QueueCore.Taken<R> use) throws InterruptedException {
        requireOpen();
        try {
            QueueCore.End[] end = {QueueCore.End.NOT_NOW};
            R taken = core.take(deadline, end, use);
            if (end[0] == QueueCore.End.OVER) {
                throw new QueueEndedException(core.label + " has ended, and all its items were taken");
            }
            return taken;
        } finally {
            Reference.reachabilityFence(this); // or the handle could be closed by the collector during the wait
        }
    }

    final <R> @Nullable R takeNow(QueueCore.Taken<R> use) {
        try {
            return take(NOW, use);
        } catch (InterruptedException e) {
            throw new AssertionError(e); // it was asked not to
        }
    }

    final <R> @Nullable R takeUntil(long deadline, QueueCore.Taken<R> use) throws InterruptedException {
        requireUninterrupted();
        return take(deadline, use);
    }

    final <R> R takeAtLast(QueueCore.Taken<R> use) throws InterruptedException {
        while (true) {
            R taken = takeUntil(Deadline.NEVER, use);
            if (taken != null) {
                return taken;
            }
        }
    }

    @Override
    public E take() throws InterruptedException {
        return takeAtLast(this::received);
    }

    @Override
    public @Nullable E poll() {
        return takeNow(this::received);
    }

    @Override
    public @Nullable E poll(long timeout, TimeUnit unit) throws InterruptedException {
        return takeUntil(deadline(timeout, unit), this::received);
    }

    @Override
    public @Nullable E poll(Duration timeout) throws InterruptedException {
        return takeUntil(deadline(timeout), this::received);
    }

    @Override
    public @Nullable E peek() {
        requireOpen();
        try {
            return core.peek(codec);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public int size() {
        requireOpen();
        return (int) Math.min(Integer.MAX_VALUE, core.size());
    }

    @Override
    public boolean isEmpty() {
        return size() == 0;
    }

    @Override
    public int remainingCapacity() {
        requireOpen();
        return (int) Math.min(Integer.MAX_VALUE, core.remaining());
    }

    @Override
    public int drainTo(Collection<? super E> target) {
        return drainTo(target, Integer.MAX_VALUE);
    }

    @Override
    public int drainTo(Collection<? super E> target, int maxItems) {
        requireOpen();
        Objects.requireNonNull(target, "target");
        if (target instanceof QueueView<?> view && view.isOf(core)) {
            throw new IllegalArgumentException(core.label + " cannot be drained into itself");
        }
        // Those that are there now: who puts as quickly as we take must not keep us here for ever.
        long most = Math.min(maxItems, core.size());
        // One by one: an item that cannot be decoded must not take others with it.
        int drained = 0;
        while (drained < most && !core.isOver()) {
            E item = pollOrNull();
            if (item == null) {
                break;
            }
            target.add(item);
            drained++;
        }
        return drained;
    }

    /** As {@link #poll()}, that does not tell the end. */
    final @Nullable E pollOrNull() {
        try {
            return poll();
        } catch (QueueEndedException e) {
            return null;
        }
    }

    @Override
    public void end() {
        requireOpen();
        core.end();
    }

    @Override
    public boolean isEnded() {
        requireOpen();
        return core.isEnded();
    }

    @Override
    public boolean isFinished() {
        requireOpen();
        return core.isOver();
    }

    @Override
    public Producer<E> producer() {
        requireOpen();
        return new ProducerHandle<>(copy());
    }

    /** {@return another handle of the same queue} */
    QueueHandle<E> copy() {
        return new QueueHandle<>(attachment.participant().attach(attachment.block(), QueueCore::of), codec);
    }

    @Override
    public BlockingQueue<E> asBlockingQueue() {
        return new QueueView<>(this);
    }

    final List<Found> look() {
        requireOpen();
        return core.look();
    }

    @Override
    public List<OwnerDeath> consumerDeaths() {
        requireOpen();
        return core.deaths();
    }

    @Override
    public String name() {
        return attachment.name();
    }

    @Override
    public void close() {
        attachment.close();
    }

    @Override
    public QueueLeftovers closeAndReport() {
        requireOpen();
        QueueLeftovers left = new QueueLeftovers(
                core.size(),
                core.out(),
                Math.max(0, core.users() - 1),
                attachment.block().name() != null);
        close();
        return left;
    }

    @Override
    public String toString() {
        return attachment.isClosed() ? core.label + " (closed)" : core.describe();
    }

    /** What travels in its place. */
    Object writeReplace() {
        requireOpen();
        return new Form<>(attachment.form(), codec);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a queue travels as its form");
    }

    private record Form<E>(HandleForm handle, Codec<E> codec) implements Serializable {
        Object readResolve() {
            return new QueueHandle<>(handle.attach(QueueCore::of), codec);
        }
    }
}
