package dev.procession.channel;

import static dev.procession.channel.QueueLayout.ENDED;
import static dev.procession.channel.QueueLayout.NONE;

import dev.procession.DecodingException;
import dev.procession.EncodingException;
import dev.procession.OwnerDeath;
import dev.procession.internal.liveness.Names;
import dev.procession.internal.liveness.Owner;
import dev.procession.internal.liveness.ProcessTable;
import dev.procession.internal.locking.LockWatcher;
import dev.procession.internal.locking.RobustLock;
import dev.procession.internal.memory.Block;
import dev.procession.internal.memory.FaultPoint;
import dev.procession.internal.memory.Memory;
import dev.procession.internal.participant.Deaths;
import dev.procession.internal.participant.ObjectType;
import dev.procession.internal.participant.Participant;
import dev.procession.internal.participant.SharedCore;
import dev.procession.internal.record.EventCode;
import dev.procession.internal.record.Recorder;
import dev.procession.internal.waiting.Attempt;
import dev.procession.internal.waiting.Deadline;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What the handles of one queue share in this JVM: locks, waits, and the two ends. See {@link QueueLayout}. */
final class QueueCore implements SharedCore {
    /** What a call came to. */
    enum End {
        DONE,
        /** Full or empty, and the time is over. */
        NOT_NOW,
        /** The queue has ended. */
        OVER
    }

    /** How long a call that does not wait is held up before it looks whether the holder of the lock is stopped. */
    private static final long TRY_NANOS = 200_000_000;

    /** The longest that it is held up by a process that is not. */
    private static final long MOST_TRY_NANOS = 10_000_000_000L;

    /** A living process shows itself five times a second. */
    private static final long STOPPED_MILLIS = 1000;

    /** An item of more bytes, as a part of the ring's, has a block of its own. */
    private static final int INLINE_PART = 8;

    final Participant participant;
    final Block block;
    final String label;
    final boolean joinable;
    private final @Nullable Recorder recorder;
    private final Memory memory;
    private final int base;
    private final QueueLayout layout;
    private final Parts parts;
    private final QueueTail tail;
    private final QueueHead head;
    private final RobustLock tailLock;
    private final RobustLock headLock;
    private final Bell notEmpty;
    private final Bell notFull;
    private final Bell finished;
    private final long capacity;
    private final boolean bounded;
    private final boolean endsWithProducers;
    private final int inlineMax;
    private final Runnable duty = this::lookAfter;
    private final AtomicReference<@Nullable Scratch> putting = new AtomicReference<>(new Scratch());
    private final AtomicReference<@Nullable Scratch> taking = new AtomicReference<>(new Scratch());
    private final AtomicInteger producers = new AtomicInteger();
    private final AtomicInteger leases = new AtomicInteger();
    final ImplicitLeases implicit = new ImplicitLeases();

    private QueueCore(Participant participant, Block block) {
        this.participant = participant;
        this.block = block;
        this.label = Deaths.label(block);
        this.joinable = block.type() == ObjectType.JOINABLE_QUEUE.code();
        this.recorder = participant.recorderOrNull();
        this.memory = block.memory();
        this.base = block.offset();
        this.layout = new QueueLayout(participant.table().slots());
        this.parts = new Parts(participant, block);
        int ringBytes = (int) memory.getLong(base + QueueLayout.RING_BYTES);
        this.inlineMax = ringBytes / INLINE_PART;
        this.capacity = memory.getLong(base + QueueLayout.CAPACITY);
        this.bounded = capacity != Long.MAX_VALUE;
        this.endsWithProducers = (flags(block) & QueueOptions.ENDS_WITH_PRODUCERS) != 0;
        Extent ring = Extent.ring(memory, base + layout.ring, ringBytes);
        this.tail = new QueueTail(participant, block, parts, ring);
        this.head = new QueueHead(participant, block, layout, parts, ring, joinable);
        this.tailLock = lock(layout.tailLock, tail::repair);
        this.headLock = lock(layout.headLock, head::repair);
        this.notEmpty = bell(layout.notEmpty, false, this::mayTake);
        this.notFull = bell(layout.notFull, false, this::mayPut);
        this.finished = bell(layout.finished, true, this::isAllDone);
    }

    private RobustLock lock(int offset, Runnable repair) {
        return new RobustLock(
                participant.waiting(), memory, base + offset, block.id() + offset, repair, LockWatcher.NONE);
    }

    private Bell bell(int offset, boolean wakesAll, BooleanSupplier ready) {
        return new Bell(participant, memory, base + offset, block.id() + offset, wakesAll, ready);
    }

    static QueueCore of(Participant participant, Block block) {
        QueueCore core = new QueueCore(participant, block);
        participant.supervise(core.tailLock, core.label);
        participant.supervise(core.headLock, core.label);
        participant.waiting().everyTick(core.duty);
        return core;
    }

    static long length(Participant participant, QueueOptions<?> options) {
        return new QueueLayout(participant.table().slots()).length(options.ringBytes());
    }

    static void fill(Block block, QueueOptions<?> options) {
        Memory memory = block.memory();
        int base = block.offset();
        memory.setLong(base + QueueLayout.FLAGS, options.flags());
        memory.setLong(base + QueueLayout.CAPACITY, options.capacityOrMax());
        memory.setLong(base + QueueLayout.RING_BYTES, options.ringBytes());
        memory.setLong(base + QueueLayout.MAX_ATTEMPTS, options.maxAttempts());
        Names.write(memory, base + QueueLayout.CODEC, QueueLayout.CODEC_MAX, QueueOptions.name(options.codec()));
        memory.setLong(base + QueueLayout.IN_PUTS, NONE);
        memory.setLong(base + QueueLayout.OUT_SEQ, NONE);
        memory.setLong(base + QueueLayout.REMOVING, NONE);
    }

    static long flags(Block block) {
        return block.memory().getLong(block.offset() + QueueLayout.FLAGS);
    }

    static String codec(Block block) {
        return Names.read(block.memory(), block.offset() + QueueLayout.CODEC, QueueLayout.CODEC_MAX);
    }

    static long capacity(Block block) {
        return block.memory().getLong(block.offset() + QueueLayout.CAPACITY);
    }

    // Looking

    /** {@return how many items there are: of one moment during this call} */
    long size() {
        while (true) {
            long before = head.left();
            long puts = tail.word() & ~ENDED;
            if (head.left() == before) {
                return puts - before;
            }
        }
    }

    long remaining() {
        return bounded ? Math.max(0, capacity - size()) : Long.MAX_VALUE;
    }

    boolean isEnded() {
        return tail.word() < 0;
    }

    /** Whether nothing will ever come any more. */
    boolean isOver() {
        long puts = tail.word();
        // HEAD before OUT: an item that left was counted as out before.
        return puts < 0 && head.left() == (puts & ~ENDED) && head.out() == 0;
    }

    /** Whether nothing is there and nothing is in work. */
    private boolean isAllDone() {
        while (true) {
            long left = head.left();
            long puts = tail.word() & ~ENDED;
            long out = head.out();
            if (head.left() == left && (tail.word() & ~ENDED) == puts) {
                return left == puts && out == 0;
            }
        }
    }

    long out() {
        return head.out();
    }

    private boolean looksEmpty() {
        return head.left() == (tail.word() & ~ENDED) && (!joinable || head.orphans() == 0);
    }

    private boolean mayTake() {
        return !looksEmpty() || isOver();
    }

    private boolean mayPut() {
        return tail.word() < 0 || tail.hasRoom();
    }

    // Putting

    <E> End put(E value, Codec<E> codec, long deadline, boolean producer) throws InterruptedException {
        Objects.requireNonNull(value, "a queue takes no null");
        if (endsWithProducers && !producer) {
            throw new IllegalStateException(
                    label + " ends with its producers, so only they may put: use producer().put(..)");
        }
        boolean waits = deadline != 0;
        if (waits && Thread.interrupted()) {
            throw new InterruptedException();
        }
        Scratch scratch = borrow(putting);
        try {
            encode(value, codec, scratch.out);
            return put(scratch.out, deadline);
        } finally {
            scratch.clear();
            putting.setRelease(scratch);
        }
    }

    private static Scratch borrow(AtomicReference<@Nullable Scratch> from) {
        Scratch spare = from.getAndSet(null);
        return spare == null ? new Scratch() : spare;
    }

    private <E> void encode(E value, Codec<E> codec, ByteSink out) {
        try {
            codec.encode(value, out);
        } catch (EncodingException e) {
            throw new EncodingException(label + ": " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            throw new EncodingException(
                    label + ": a value of " + value.getClass().getName() + " cannot be encoded by " + codec + ": " + e,
                    e);
        }
    }

    private End put(ByteSink out, long deadline) throws InterruptedException {
        int length = out.length();
        Block item = joinable || length > inlineMax ? item(out) : null;
        boolean put = false;
        try {
            End end = tryPut(out, length, item, deadline);
            if (end == End.NOT_NOW && deadline != 0) {
                end = awaitPut(out, length, item, deadline);
            }
            put = end == End.DONE;
            return end;
        } finally {
            if (!put && item != null) {
                parts.free(item);
            }
        }
    }

    private Block item(ByteSink out) {
        int length = out.length();
        Block item = parts.allocate(ObjectType.QUEUE_ITEM, (long) Item.DATA + length);
        Memory to = item.memory();
        to.setLong(item.offset() + Item.LEASE, 0);
        to.setLong(item.offset() + Item.LAST, 0);
        to.setLong(item.offset() + Item.BYTES, length);
        to.setBytes(item.offset() + Item.DATA, out.array(), 0, length);
        FaultPoint.reached("queue.item-filled");
        return item;
    }

    private End tryPut(ByteSink out, int length, @Nullable Block item, long deadline) {
        if (!lock(tailLock, deadline)) {
            return isEnded() ? End.OVER : End.NOT_NOW;
        }
        int result;
        boolean whole = false;
        try {
            result = tail.put(out.array(), length, item);
            whole = true;
        } finally {
            if (!whole) {
                tail.repair();
            }
            tailLock.unlock();
        }
        if (result == QueueTail.DONE) {
            recordSize();
            notEmpty.ring();
            FaultPoint.reached("queue.put-rung");
            return End.DONE;
        }
        return result == QueueTail.FULL ? End.NOT_NOW : End.OVER;
    }

    private End awaitPut(ByteSink out, int length, @Nullable Block item, long deadline) throws InterruptedException {
        End[] end = {End.NOT_NOW};
        await(
                notFull,
                waited -> {
                    if (!mayPut()) {
                        return false; // not worth the lock
                    }
                    end[0] = tryPut(out, length, item, deadline);
                    return end[0] != End.NOT_NOW;
                },
                deadline);
        return end[0];
    }

    private void await(Bell bell, Attempt attempt, long deadline) throws InterruptedException {
        Recorder on = recorder;
        if (on == null) {
            bell.await(attempt, deadline, true, null);
            return;
        }
        on.record(EventCode.WAIT_BEGIN, block.gen(), 1);
        int how = EventCode.WAIT_INTERRUPTED;
        try {
            how = bell.await(attempt, deadline, true, null) ? EventCode.WAIT_END : EventCode.WAIT_TIMED_OUT;
        } finally {
            on.record(how, block.gen(), 1);
        }
    }

    private void recordSize() {
        if (recorder != null) {
            recorder.record(EventCode.QUEUE_SIZE, block.gen(), size());
        }
    }

    /**
     * Where the caller does not wait, too: a lock is held for less than a microsecond. A holder that is kept from a
     * processor, by a machine with much to do, is about to let go; of one that was stopped nobody knows, and the caller is
     * told that the queue is full or empty.
     */
    private boolean lock(RobustLock lock, long deadline) {
        if (lock.tryFast()) {
            return true;
        }
        try {
            if (deadline != 0) {
                return lock.lock(deadline, true);
            }
            long most = Deadline.inNanos(MOST_TRY_NANOS);
            do {
                if (lock.lock(Deadline.inNanos(TRY_NANOS), false)) {
                    return true;
                }
            } while (silentMillis(lock) < STOPPED_MILLIS && Deadline.remaining(most) > 0);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the wait around this one sees it
            return false;
        }
    }

    /** How long nothing was heard of the process that has a lock; 0 if none has it. */
    private long silentMillis(RobustLock lock) {
        long holder = lock.holder();
        return holder == 0 || !participant.table().isMember(holder)
                ? 0
                : participant.table().silentMillis(holder);
    }

    private static void lock(RobustLock lock) {
        if (!lock.tryFast()) {
            lock.lock();
        }
    }

    // Taking

    /** Something that is done with an item that was taken, before its bytes go. */
    @FunctionalInterface
    interface Taken<R> {
        R apply(Scratch taken);
    }

    /**
     * Takes an item.
     *
     * @param end where the outcome is put if there is no item
     * @param use what becomes of the item; null is the result without one
     */
    <R> @Nullable R take(long deadline, End[] end, Taken<R> use) throws InterruptedException {
        Scratch scratch = borrow(taking);
        try {
            End how = tryTake(scratch, deadline);
            if (how == End.NOT_NOW && deadline != 0) {
                how = awaitTake(scratch, deadline);
            }
            end[0] = how;
            return how == End.DONE ? use.apply(scratch) : null;
        } finally {
            scratch.clear();
            taking.setRelease(scratch);
        }
    }

    private End tryTake(Scratch into, long deadline) {
        // What was seen before spares a look at the line that the producers write.
        if (!head.hasSeenMore() && looksEmpty()) {
            return isOver() ? End.OVER : End.NOT_NOW;
        }
        if (!lock(headLock, deadline)) {
            return End.NOT_NOW;
        }
        boolean taken;
        boolean whole = false;
        try {
            taken = head.take(into);
            whole = true;
        } finally {
            if (!whole) {
                head.repair();
            }
            headLock.unlock();
        }
        if (!taken) {
            return isOver() ? End.OVER : End.NOT_NOW;
        }
        recordSize();
        itemLeft();
        return End.DONE;
    }

    /** Rings whom it concerns that an item left the queue. */
    private void itemLeft() {
        if (bounded) {
            notFull.ring();
            FaultPoint.reached("queue.take-rung");
        }
        if (!head.hasSeenMore() && isOver()) {
            notEmpty.ringAll();
        }
    }

    private End awaitTake(Scratch into, long deadline) throws InterruptedException {
        End[] end = {End.NOT_NOW};
        await(
                notEmpty,
                waited -> {
                    end[0] = tryTake(into, deadline);
                    return end[0] != End.NOT_NOW;
                },
                deadline);
        return end[0];
    }

    /** Makes the value of what was taken, and frees its block unless that is leased. */
    <E> E decode(Scratch taken, Codec<E> codec) {
        try {
            return taken.decode(codec);
        } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError e) {
            throw new DecodingException(
                    label + ": item " + taken.seq + " was taken and cannot be decoded by " + codec + ": " + e, e);
        } finally {
            Block its = taken.block;
            if (its != null && !joinable) {
                parts.free(its);
            }
        }
    }

    <E> @Nullable E peek(Codec<E> codec) {
        Scratch scratch = new Scratch();
        lock(headLock);
        try {
            if (!head.peek(scratch)) {
                return null;
            }
        } finally {
            headLock.unlock();
        }
        try {
            return scratch.decode(codec);
        } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError e) {
            throw new DecodingException(
                    label + ": item " + scratch.seq + " cannot be decoded by " + codec + ": " + e, e);
        }
    }

    // The view

    List<Found> look() {
        lock(headLock);
        try {
            return head.look(Long.MAX_VALUE);
        } finally {
            headLock.unlock();
        }
    }

    boolean remove(Found found) {
        boolean removed;
        boolean whole = false;
        lock(headLock);
        try {
            removed = head.remove(found);
            whole = true;
        } finally {
            if (!whole) {
                head.repair();
            }
            headLock.unlock();
        }
        if (removed) {
            recordSize();
            itemLeft();
            ringFinished();
        }
        return removed;
    }

    // The end

    void end() {
        boolean ended;
        lock(tailLock);
        try {
            ended = tail.end();
        } finally {
            tailLock.unlock();
        }
        if (ended) {
            notEmpty.ringAll();
            notFull.ringAll();
            FaultPoint.reached("queue.end-rung");
        }
    }

    /** A handle of a producer came to be in this process. */
    void producerCame() {
        memory.setLongVolatile(base + QueueLayout.PRODUCED, 1);
        producers.incrementAndGet();
        memory.setLongVolatile(base + layout.producer(Owner.slot(participant.self())), participant.self());
        FaultPoint.reached("queue.producer-came");
    }

    /** A handle of a producer is on its way to a process. */
    void producerGoesTo(long receiver) {
        if (receiver != 0) {
            memory.setLongVolatile(base + layout.producer(Owner.slot(receiver)), receiver);
        }
    }

    /** A handle of a producer was closed. */
    void producerLeft() {
        if (producers.decrementAndGet() > 0) {
            return;
        }
        memory.compareAndSetLong(base + layout.producer(Owner.slot(participant.self())), participant.self(), 0);
        if (producers.get() > 0) {
            memory.setLongVolatile(base + layout.producer(Owner.slot(participant.self())), participant.self());
            return;
        }
        FaultPoint.reached("queue.producer-left");
        endIfNobodyProduces();
    }

    private void endIfNobodyProduces() {
        if (!endsWithProducers || isEnded() || memory.getLongVolatile(base + QueueLayout.PRODUCED) == 0) {
            return;
        }
        for (int slot = 1; slot <= participant.table().slots(); slot++) {
            if (memory.getLongVolatile(base + layout.producer(slot)) != 0) {
                return;
            }
        }
        end();
    }

    // Leases

    void leaseCame() {
        leases.incrementAndGet();
    }

    boolean done(Block item, long lease) {
        leases.decrementAndGet();
        boolean done = underHead(() -> head.done(item, lease));
        if (done) {
            ringFinished();
        }
        return done;
    }

    boolean giveBack(Block item, long lease) {
        leases.decrementAndGet();
        boolean given = underHead(() -> head.giveBack(item, lease));
        if (given) {
            notEmpty.ring();
            ringFinished();
        }
        return given;
    }

    private boolean underHead(BooleanSupplier change) {
        boolean whole = false;
        lock(headLock);
        try {
            boolean changed = change.getAsBoolean();
            whole = true;
            return changed;
        } finally {
            if (!whole) {
                head.repair();
            }
            headLock.unlock();
        }
    }

    private void ringFinished() {
        if (joinable && head.out() == 0) {
            finished.ring();
            if (isOver()) {
                notEmpty.ringAll();
            }
        }
    }

    boolean join(long deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (isAllDone()) {
            return true;
        }
        boolean[] done = new boolean[1];
        await(finished, waited -> done[0] = isAllDone(), deadline);
        return done[0];
    }

    /** {@return the items that nobody could finish, as copies, and who failed last} */
    List<DeadItem> deadItems(boolean forget) {
        lock(headLock);
        try {
            return head.dead().stream()
                    .map(item -> {
                        DeadItem dead = new DeadItem(
                                Item.seq(item),
                                Item.attempts(Item.lease(item)),
                                item.memory().getLong(item.offset() + Item.LAST),
                                head.copy(item));
                        if (forget) {
                            head.forget(item);
                        }
                        return dead;
                    })
                    .toList();
        } finally {
            headLock.unlock();
        }
    }

    /** For tests: the most attempts that failed with an item that is to be given out again. */
    int failedAttempts() {
        lock(headLock);
        try {
            return head.failedAttempts();
        } finally {
            headLock.unlock();
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record DeadItem(long seq, int attempts, long lastOwner, byte[] bytes) {}

    // Deaths

    /** For the supervisor; never waits. */
    private void lookAfter() {
        boolean producerDied = false;
        ProcessTable table = participant.table();
        for (int slot = 1; slot <= table.slots(); slot++) {
            int at = base + layout.producer(slot);
            long producer = memory.getLongVolatile(at);
            if (producer != 0 && !table.isMember(producer)) {
                producerDied |= memory.compareAndSetLong(at, producer, 0);
            }
        }
        if (endsWithProducers && (producerDied || !isEnded())) {
            endIfNobodyProduces();
        }
        if (head.isTroubled() && headLock.tryLock()) {
            try {
                head.settle();
            } finally {
                headLock.unlock();
            }
            if (joinable) {
                notEmpty.ring();
                ringFinished();
            }
        }
    }

    List<OwnerDeath> deaths() {
        if (head.isTroubled() && lock(headLock, 0)) {
            try {
                head.settle();
            } finally {
                headLock.unlock();
            }
        }
        return head.deaths(label);
    }

    OwnerDeath deathOf(long owner, long seq) {
        return Deaths.of(
                participant,
                owner,
                "",
                "item " + seq + " of " + label,
                participant.facts(owner).seenDeadMillis());
    }

    int users() {
        return participant.heap().users(block);
    }

    @Override
    public boolean isInUse() {
        return tailLock.isInUse()
                || headLock.isInUse()
                || notEmpty.isWaitedFor()
                || notFull.isWaitedFor()
                || finished.isWaitedFor()
                || leases.get() > 0;
    }

    @Override
    public void detached() {
        participant.waiting().noLonger(duty);
        participant.forget(tailLock);
        participant.forget(headLock);
        head.detached();
    }

    String describe() {
        long size = size();
        return label + ": " + size + (size == 1 ? " item" : " items")
                + (bounded ? " of at most " + capacity : "")
                + (joinable ? ", " + head.out() + " in work, " + head.deadCount() + " given up" : "")
                + (isEnded() ? ", ended" : "")
                + (notEmpty.hasSleepers() ? ", consumers wait" : "")
                + (notFull.hasSleepers() ? ", producers wait" : "")
                + stoppedIn(tailLock, "a put")
                + stoppedIn(headLock, "a take");
    }

    /** The locks are held for less than a microsecond, unless the holder was stopped: then others wait for it. */
    private String stoppedIn(RobustLock lock, String call) {
        long holder = lock.holder();
        long silent = silentMillis(lock);
        return silent < STOPPED_MILLIS
                ? ""
                : ", " + participant.facts(holder).label() + " stands still in " + call + " for " + silent
                        + " ms, and others wait for it";
    }
}
