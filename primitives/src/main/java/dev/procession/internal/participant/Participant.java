package dev.procession.internal.participant;

import dev.procession.internal.child.ChildEnds;
import dev.procession.internal.child.ParentLink;
import dev.procession.internal.liveness.Membership;
import dev.procession.internal.liveness.Owner;
import dev.procession.internal.liveness.ProcessFacts;
import dev.procession.internal.liveness.ProcessTable;
import dev.procession.internal.locking.LockWatcher;
import dev.procession.internal.locking.RobustLock;
import dev.procession.internal.log.LibraryLog;
import dev.procession.internal.memory.Block;
import dev.procession.internal.memory.Heap;
import dev.procession.internal.memory.HeapOptions;
import dev.procession.internal.memory.Memory;
import dev.procession.internal.memory.SessionLayout;
import dev.procession.internal.record.EventCode;
import dev.procession.internal.record.RecordId;
import dev.procession.internal.record.Recorder;
import dev.procession.internal.timeline.RingSource;
import dev.procession.internal.waiting.Deadline;
import dev.procession.internal.waiting.WaitPolicy;
import dev.procession.internal.waiting.Waiting;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * This process's part in one session. There is one per session and JVM (per copy of the library, to be exact), whatever
 * the number of handles and of {@code Session} objects.
 */
public final class Participant {
    /** Names that no user can give, since a name of theirs does not begin so. */
    private static final String RECORDER_NAME = ".recorder-";

    /** Two seconds: a handle that has just arrived is surely attached by then. */
    private static final int IDLE_TICKS = 10;

    private static final long SUPERVISOR_PATIENCE_NANOS = 10_000_000;

    private static final long SWEEP_NANOS = 30_000_000_000L;

    /** The events that a process's ring keeps: some seconds of a busy one. */
    private static final int EVENTS = 1 << 15;

    /** Zeroing a block of 2 GiB takes a second; only a thread that gets no processor takes as long as this. */
    private static final long MOST_MIDST_NANOS = 10_000_000_000L;

    private static final long MIDST_PARK_NANOS = 50_000;

    /** A JVM boots in a fraction of a second, on a busy machine in some; one that is stopped may never have booted. */
    private static final long MOST_BOOT_NANOS = 10_000_000_000L;

    private static final long BOOT_PARK_NANOS = 1_000_000;

    /** The longest time between a death that others notice and the parent that is told of it. */
    private static final long LATE_MILLIS = 60_000;

    private static final int HEAP_LOCK_ID = SessionLayout.HEAP_LOCK;

    private final Path directory;
    private final LateLock late;
    private final Heap heap;
    private final ProcessTable table;
    private final Membership membership;
    private final Waiting waiting;
    private final RobustLock heapLock;
    private final Attachments attachments = new Attachments(this);
    private final Map<RobustLock, Supervised> locks = new ConcurrentHashMap<>();
    private final ChildEnds.Listener childEnds = new ChildEnds.Listener() {
        @Override
        public void started(long pid, String name) {
            recordChild(EventCode.PROCESS_STARTED, pid, name, pid);
        }

        @Override
        public void ended(long pid, int code) {
            recordChild(EventCode.PROCESS_ENDED, pid, "", code);
            childEnded(pid, code);
        }

        @Override
        public void dismissed(long pid) {
            recordChild(EventCode.PROCESS_DISMISSED, pid, "", 0);
        }

        @Override
        public void joining(long pid) {
            recordChild(EventCode.WAIT_BEGIN, pid, "", 0);
        }

        @Override
        public void joined(long pid, ChildEnds.Join how) {
            int kind = switch (how) {
                case ENDED -> EventCode.WAIT_END;
                case TIMED_OUT -> EventCode.WAIT_TIMED_OUT;
                case INTERRUPTED -> EventCode.WAIT_INTERRUPTED;
            };
            recordChild(kind, pid, "", 0);
        }
    };
    private final Thread exitHook;
    private final Blocks blocks = new Blocks(this, attachments);
    private final WaitTable waits = new WaitTable(this);
    private final DeadlockWatch deadlockWatch = new DeadlockWatch(this, waits);
    private @Nullable Recorder recorder; // written once, before anybody else has this object
    private @Nullable ProcessorUse processorUse; // as recorder, and null when that is
    private final Map<Long, Boolean> booting =
            new ConcurrentHashMap<>(); // children's words; whether one outlives this JVM
    private long lastSweep = System.nanoTime(); // the supervisor's alone
    private int sessions; // guarded by Joining.GUARD
    private boolean arrived; // guarded by Joining.GUARD: one of the sessions stands for the handles that arrived
    private int idleTicks; // guarded by Joining.GUARD
    private volatile boolean closed;
    private boolean left; // as closed, but plain

    Participant(Path directory, Heap heap, ProcessTable table, Membership membership, LateLock late) {
        this.directory = directory;
        this.heap = heap;
        this.table = table;
        this.membership = membership;
        this.waiting = new Waiting(table, membership.owner(), bells(directory), policy());
        this.heapLock = new RobustLock(
                waiting, heap.first(), SessionLayout.HEAP_LOCK, HEAP_LOCK_ID, this::repairHeap, LockWatcher.NONE);
        this.late = late;
        late.become(heapLock);
        this.exitHook = new Thread(null, this::exiting, "procession-session-exit", 0, false);
    }

    void begin() {
        supervise(heapLock, "heap");
        waiting.everyTick(this::watchThreads);
        waiting.everyTick(this::settleDead);
        waiting.everyTick(attachments::tick);
        waiting.everyTick(deadlockWatch::tick);
        waiting.everyTick(new StackAnswers(this, waits)::tick);
        waiting.everyTick(this::sweepSometimes);
        waiting.everyTick(this::leaveIfIdle);
        recorder = recorder();
        if (recorder != null) {
            record(EventCode.ATTACHED, 0, parentPid());
            processorUse = new ProcessorUse(recorder);
            processorUse.look();
            waiting.everyTick(processorUse::look);
        }
        waiting.start();
        ChildEnds.add(childEnds);
        Runtime.getRuntime().addShutdownHook(exitHook);
        if (LibraryLog.isHeard(Level.DEBUG)) { // asked before: a fresh JVM pays for its first lambdas
            LibraryLog.log(Level.DEBUG, () -> "takes part in session " + directory);
        }
    }

    /**
     * Creates a session and takes part in it.
     *
     * @param base the directory of all sessions, null for the usual one
     * @param options how large it is
     * @param features what is switched on in it
     */
    public static Participant create(@Nullable Path base, HeapOptions options, long features) throws IOException {
        return Joining.create(base, options, features);
    }

    /** Takes part in a session that another process created, as long as {@link #release} is not called. */
    public static Participant attach(Path directory) throws IOException {
        return Joining.attach(directory, 0, true);
    }

    /** A handle arrived: takes part in its session until this JVM ends, or its sessions are closed. */
    static Participant arrive(Path directory, long reserved) {
        return Joining.arrive(directory, reserved);
    }

    /** With the guard of joining. */
    void oneSessionMore() {
        sessions++;
    }

    /**
     * With the guard of joining. The first handle in a process without a session stands for one, and what is opened and closed
     * beside it later does not take it away. Where a session is open already, it alone decides.
     */
    void handleArrived() {
        if (sessions == 0) {
            arrived = true;
            sessions++;
        }
        idleTicks = 0;
    }

    static String name() {
        ParentLink link = ParentLink.current();
        return link == null ? "MainProcess" : link.start().name();
    }

    private static long parentPid() {
        ParentLink link = ParentLink.current();
        return link == null ? 0 : link.start().parentPid();
    }

    private static WaitPolicy policy() {
        String asked = System.getProperty("procession.wait", "");
        return asked.equals("blocking") ? WaitPolicy.BLOCKING : WaitPolicy.DEFAULT;
    }

    static Path alive(Path session) {
        return session.resolve("alive");
    }

    static Path bells(Path session) {
        return session.resolve("bell");
    }

    /** {@return the session's directory} */
    public Path directory() {
        return directory;
    }

    /** {@return the memory of the session} */
    public Heap heap() {
        return heap;
    }

    /** {@return the first segment} */
    public Memory memory() {
        return heap.first();
    }

    /** {@return who takes part} */
    public ProcessTable table() {
        return table;
    }

    /** {@return how threads wait here} */
    public Waiting waiting() {
        return waiting;
    }

    /** {@return the word that stands for this process} */
    public long self() {
        return membership.owner();
    }

    /** {@return whether this process has left the session} */
    public boolean isClosed() {
        return closed;
    }

    /**
     * {@return whether this process has left the session} For reads of shared data, which a volatile read would make three
     * times as slow: whoever reads plain in a loop may see it late, and who reads in another mode sees it in the next round.
     */
    public boolean hasLeft() {
        return left;
    }

    /**
     * Refuses use after close.
     *
     * @throws IllegalStateException if this process has left the session
     */
    public void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the session " + directory + " was closed by this process");
        }
    }

    /**
     * Creates a block, lets it be filled, and publishes it.
     *
     * @param type what it is
     * @param name its name, null for none
     * @param bytes its length
     * @param fill writes what it begins with; its bytes are zeros
     * @param core makes what the handles of this JVM share
     * @throws dev.procession.NameInUseException if an object of that name is there
     */
    public <C> Attachment<C> create(
            ObjectType type,
            @Nullable String name,
            long bytes,
            Consumer<Block> fill,
            BiFunction<Participant, Block, C> core) {
        return blocks.create(type, name, bytes, fill, core);
    }

    /**
     * Opens the object of a name, or creates it.
     *
     * @param type what it is
     * @param name its name
     * @param bytes its length
     * @param fill writes what it begins with if it is created
     * @param core makes what the handles of this JVM share
     * @throws IllegalArgumentException if the object of that name is of another type
     */
    public <C> Attachment<C> open(
            ObjectType type, String name, long bytes, Consumer<Block> fill, BiFunction<Participant, Block, C> core) {
        return blocks.open(type, name, bytes, fill, core);
    }

    /**
     * Attaches to the object of a name.
     *
     * @throws dev.procession.ObjectGoneException if there is none
     * @throws IllegalArgumentException if it is of another type
     */
    public <C> Attachment<C> attach(ObjectType type, String name, BiFunction<Participant, Block, C> core) {
        return blocks.attach(type, name, core);
    }

    /**
     * Allocates a block that is this process's until it is freed or becomes a part of another one. Its bytes are whatever
     * was there.
     *
     * @param type what it is
     * @param bytes its length
     * @throws dev.procession.OutOfSharedMemoryException if there is no room
     */
    public Block allocatePart(ObjectType type, long bytes) {
        return blocks.allocatePart(type, bytes);
    }

    /**
     * Attaches to a block.
     *
     * @param block the block
     * @param core makes what the handles of this JVM share, unless there is a handle already
     */
    public <C> Attachment<C> attach(Block block, BiFunction<Participant, Block, C> core) {
        requireOpen();
        return attachments.attach(block, core);
    }

    /** For tests: what handles lead to. */
    Attachments attachments() {
        return attachments;
    }

    /** {@return this session as it travels with what is no block} */
    public SessionForm form() {
        requireOpen();
        return new SessionForm(directory.toString(), receiver());
    }

    private long receiver() {
        Reservations travelling = Reservations.travelling();
        return travelling == null ? 0 : travelling.owner(this);
    }

    /**
     * Reserves a slot for a child that is about to start.
     *
     * @param name its name
     * @param outlives whether it goes on when this JVM has ended
     * @return its word; 0 if the session is full
     */
    long reserve(String name, boolean outlives) {
        long child = table.reserve(self(), name);
        if (child != 0) {
            booting.put(child, outlives);
        }
        return child;
    }

    HandleForm form(Block block) {
        long receiver = receiver();
        if (receiver != 0) {
            heap.addUser(block, Owner.slot(receiver));
        }
        return new HandleForm(
                directory.toString(), receiver, block.type(), block.segment(), block.offset(), block.gen());
    }

    /** A child did not take the slot that was reserved for it. */
    void giveUp(long owner) {
        booting.remove(owner);
        if (closed) {
            table.giveUp(owner); // who leaves may wait for just that
        } else if (!table.isAlive(owner, 0) || table.giveUp(owner)) {
            waiting.hurry();
        }
    }

    /**
     * From here on the supervisor looks whether the thread that holds this lock lives.
     *
     * @param label what messages call it
     */
    public void supervise(RobustLock lock, String label) {
        supervise(lock, label, () -> "", () -> {});
    }

    /**
     * The same for a lock that may know where it was taken, and that is used on ways too short to ask {@link #isClosed}.
     *
     * @param site what follows after "holds lock l": empty, or where it was taken
     * @param shut bars those ways; called when {@link #isClosed} has just become true
     */
    public void supervise(RobustLock lock, String label, Supplier<String> site, Runnable shut) {
        locks.put(lock, new Supervised(label, site, shut));
    }

    /** The last handle of a lock is gone. */
    public void forget(RobustLock lock) {
        locks.remove(lock);
    }

    /** {@return the locks that handles of this process lead to} */
    public Set<RobustLock> locks() {
        return locks.keySet();
    }

    private void watchThreads() {
        for (RobustLock lock : locks.keySet()) {
            lock.releaseIfOwnerThreadEnded();
        }
    }

    private void settleDead() {
        if (table.unsettled().isEmpty()) {
            return;
        }
        if (!tryHeap()) {
            return; // the next tick
        }
        try {
            // Read again: another process may have settled them, and given their slots away.
            for (long owner : table.unsettled()) {
                heap.dropUser(Owner.slot(owner));
                table.settled(owner);
            }
        } finally {
            late.unlock();
        }
    }

    /** A session whose processes were all killed is removed by any other program of this user that runs. */
    private void sweepSometimes() {
        long now = System.nanoTime();
        if (now - lastSweep > SWEEP_NANOS) {
            lastSweep = now;
            Path base = directory.getParent();
            if (base != null) {
                Sweeper.sweep(base);
            }
        }
    }

    /**
     * A process that came because a handle arrived leaves when it has no handle any more: a pool's worker would otherwise
     * keep every session alive that one of its tasks ever touched.
     */
    private void leaveIfIdle() {
        if (!Joining.GUARD.tryLock()) {
            return; // whoever has it may wait for the heap of another session
        }
        try {
            boolean idle = arrived && sessions == 1 && attachments.isEmpty();
            idleTicks = idle ? idleTicks + 1 : 0;
            if (idleTicks < IDLE_TICKS) {
                return;
            }
        } finally {
            Joining.GUARD.unlock();
        }
        try {
            release();
        } catch (IOException e) {
            // The files that could not be removed go with the session.
        }
    }

    /**
     * For the supervisor, which must not stand still because another process was stopped while it had the heap.
     *
     * @return whether the heap is this thread's until {@link #leaveHeap}
     */
    boolean tryHeap() {
        return late.tryLock(SUPERVISOR_PATIENCE_NANOS);
    }

    void leaveHeap() {
        late.unlock();
    }

    private void repairHeap() {
        heap.repair(table::isMember);
    }

    /** The parent knows first, and alone, how its child ended. */
    private void childEnded(long pid, int code) {
        boolean found = false;
        for (ProcessFacts member : table.members()) {
            if (member.pid() == pid) {
                table.exit(member.owner(), code);
                table.isAlive(member.owner(), 0);
                found = true;
            }
        }
        if (found) {
            waiting.hurry();
            return;
        }
        long now = System.currentTimeMillis();
        for (ProcessFacts dead : table.dead()) {
            boolean justNow = now - dead.seenDeadMillis() < LATE_MILLIS; // process ids are used again
            if (dead.pid() == pid && dead.exitCode().isEmpty() && justNow) {
                table.exit(dead.owner(), code);
            }
        }
    }

    /** A ring for this process's events, if the session records them: a named block, so that it outlives its process. */
    private @Nullable Recorder recorder() {
        Memory first = heap.first();
        if ((first.getLongOpaque(SessionLayout.FEATURES) & SessionLayout.TIMELINE) == 0) {
            return null;
        }
        int length = Recorder.length(EVENTS);
        Block block = heap.allocate(ObjectType.RECORDER.code(), RECORDER_NAME + Owner.text(self()), length, self());
        ProcessFacts facts = facts(self());
        Recorder made = Recorder.create(
                block.memory(),
                block.offset(),
                length,
                first,
                SessionLayout.SEQUENCE,
                new Recorder.Writer(self(), facts.pid(), facts.name(), table.startedMillis(self())));
        heap.publish(block, self());
        return made;
    }

    /** {@return where the events of this process are written down, null if the session does not record} */
    public @Nullable Recorder recorderOrNull() {
        return recorder;
    }

    /** Writes down an event, if the session records. Off, this is one test of a field. */
    public void record(int kind, long object, long value) {
        Recorder on = recorder;
        if (on != null) {
            on.record(kind, object, value);
        }
    }

    private void recordChild(int kind, long pid, String name, long value) {
        Recorder on = recorder;
        if (on != null && !closed) {
            long child = RecordId.process(pid);
            if (!name.isEmpty()) {
                on.nameObject(child, "process", name);
            }
            on.record(kind, child, value);
        }
    }

    /** {@return the rings of all processes that take part or took part} */
    public List<RingSource> rings() {
        List<RingSource> rings = new ArrayList<>();
        heap.forEach(block -> {
            if (block.type() == ObjectType.RECORDER.code()) {
                rings.add(
                        new RingSource(block.memory(), block.offset(), block.size(), new Recorder.Writer(0, 0, "", 0)));
            }
        });
        return rings;
    }

    /** {@return what is told when a thread of this process sleeps for a lock} */
    public LockWatcher lockWatcher() {
        return waits;
    }

    /** The current thread waits for a lock with deadlock detection from here on. */
    public void beginDetection() {
        deadlockWatch.begin();
    }

    /** The current thread does not wait any more. */
    public void endDetection() {
        deadlockWatch.end();
    }

    /** {@return the deadlock that the current thread is to leave by an exception, null if there is none} */
    public @Nullable WaitCycle deadlock() {
        return deadlockWatch.sentence();
    }

    WaitTable waits() {
        return waits;
    }

    /** {@return the stack of a thread in a circle, in any process; empty if that does not answer in time} */
    public List<String> stack(WaitCycle.Edge edge) {
        return StackAnswers.ask(this, edge.owner(), edge.thread());
    }

    /** {@return the circles of threads that wait for each other, as one look shows them} */
    public List<WaitCycle> waitCycles() {
        return WaitGraph.cycles(this);
    }

    /** {@return an object's label and state} */
    public String describe(Block block) {
        return Descriptions.describe(this, block);
    }

    /** {@return the facts of a dead owner} */
    public ProcessFacts facts(long owner) {
        return table.facts(owner);
    }

    /** One {@code Session} object less; with the last one this process leaves. */
    public void release() throws IOException {
        Joining.GUARD.lock();
        try {
            if (closed || --sessions > 0) {
                return;
            }
            closed = true;
            left = true;
            Joining.left(this);
        } finally {
            Joining.GUARD.unlock();
        }
        locks.values().forEach(supervised -> supervised.shut().run());
        leave();
        try {
            Runtime.getRuntime().removeShutdownHook(exitHook);
        } catch (IllegalStateException e) {
            // The JVM ends already.
        }
    }

    /**
     * When this process does not take part any more, others may get its blocks and its slot. So first its threads come out
     * of what they are in the midst of: waits end by an exception, and the heap refuses who comes now.
     */
    private void leave() throws IOException {
        ChildEnds.remove(childEnds);
        waiting.close();
        late.shut();
        awaitNobodyInMidst();
        awaitChildren(false);
        membership.close();
        Sweeper.sweepOne(directory);
        if (LibraryLog.isHeard(Level.DEBUG)) { // asked before: a fresh JVM pays for its first lambdas
            LibraryLog.log(Level.DEBUG, () -> "has left session " + directory);
        }
    }

    private void awaitNobodyInMidst() {
        boolean interrupted = Thread.interrupted();
        long deadline = Deadline.inNanos(MOST_MIDST_NANOS);
        while ((blocks.isMaking() || waiting.isInMidst() || heapLock.holder() == self())
                && Deadline.remaining(deadline) > 0) {
            LockSupport.parkNanos(this, MIDST_PARK_NANOS);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A session lives in its processes. A child that was given a part of it, and is still booting, is none of them yet: the
     * directory would go, and the child would find nothing.
     *
     * @param outliving only for children that go on when this JVM has ended
     */
    private void awaitChildren(boolean outliving) {
        boolean interrupted = Thread.interrupted();
        long deadline = Deadline.inNanos(MOST_BOOT_NANOS);
        while (isBooting(outliving) && Deadline.remaining(deadline) > 0) {
            LockSupport.parkNanos(this, BOOT_PARK_NANOS);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isBooting(boolean outliving) {
        for (Map.Entry<Long, Boolean> child : booting.entrySet()) {
            if ((child.getValue() || !outliving) && table.isReserved(child.getKey())) {
                return true;
            }
        }
        return false;
    }

    /**
     * The JVM ends in order. What it holds is left to be found: other threads may still be in the midst of it, and only
     * the kernel knows when the last of them is gone.
     */
    private void exiting() {
        if (processorUse != null) {
            processorUse.look();
        }
        record(EventCode.EXITING, 0, 0);
        table.ending(self());
        locks.forEach((lock, supervised) -> {
            Thread owner = lock.localOwner();
            if (owner != null && lock != heapLock) {
                // The one line that this library prints by itself: the process ends, so nobody can be told later.
                System.err.println("procession: " + facts(self()).label() + " ends while its thread " + owner.getName()
                        + " holds " + supervised.label() + supervised.site().get() + " of session " + directory
                        + "; the next owner will be told");
            }
        });
        awaitChildren(true);
        Sweeper.sweepLast(directory, Owner.text(self()));
    }

    private record Supervised(String label, Supplier<String> site, Runnable shut) {}
}
