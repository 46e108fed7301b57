package dev.procession.pool;

import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A pool without its handle: the queue, the places of the workers, and in which state it is. What waits is guarded by this
 * object's monitor, which is held for moments only; nothing of the user's is called under it.
 */
final class PoolCore {
    /** Until a worker has finished a task. Whatever keeps the fourth from it will keep the others, too. */
    private static final int MOST_RESTARTS = 3;

    private static final long BACK_OFF_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A pool that could start no worker tries again when it is asked for work after this time. */
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final Map<Long, WeakReference<PoolCore>> POOLS = new ConcurrentHashMap<>();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final PoolOptions options;
    private final long id;
    private final WorkerSlot[] slots;
    private final CountDownLatch slotsLeft;
    private final Pace singlePace = new Pace();
    private final AtomicInteger knowledge = new AtomicInteger();
    private final Map<Integer, Broadcast<?>> broadcasts = new ConcurrentHashMap<>();
    private final Set<LazyCall<?, ?>> lazyCalls = ConcurrentHashMap.newKeySet();
    private final JvmExit exit = new JvmExit();

    // Guarded by this.
    private final ArrayDeque<Source> ready = new ArrayDeque<>();
    private final Set<LazyCall<?, ?>> offered = new HashSet<>();
    private final ArrayDeque<WorkerSlot> hungry = new ArrayDeque<>();
    private final Set<WorkerSlot> down = new HashSet<>();
    private int restarts;
    private long failedAt;
    private @Nullable Throwable startFailure;

    /** Pieces that were taken from the queue and have no outcome yet. */
    private final AtomicInteger outstanding = new AtomicInteger();

    private volatile boolean shutDown;
    private volatile boolean stopped;

    PoolCore(PoolOptions options) {
        this.options = options;
        this.id = (ProcessHandle.current().pid() << Integer.SIZE) | COUNT.incrementAndGet();
        this.slots = new WorkerSlot[options.workers()];
        this.slotsLeft = new CountDownLatch(slots.length);
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new WorkerSlot(this, options, options.name() + "-" + (i + 1));
        }
        POOLS.put(id, new WeakReference<>(this));
    }

    void start() {
        exit.watch();
        for (WorkerSlot slot : slots) {
            slot.start();
        }
    }

    long id() {
        return id;
    }

    int workers() {
        return slots.length;
    }

    Pace singlePace() {
        return singlePace;
    }

    long taskTimeoutNanos() {
        return options.taskTimeoutNanos();
    }

    int nextKnowledge() {
        return knowledge.incrementAndGet();
    }

    /** The first message to each worker. */
    byte[] greeting() {
        byte[] initializer = options.initializer();
        int length = initializer == null ? 0 : initializer.length;
        byte[] session = options.recordedIn().getBytes(StandardCharsets.UTF_8);
        Bytes message = new Bytes(32 + session.length + length);
        message.putByte(Protocol.INITIALIZE)
                .putInt(Long.BYTES + Integer.BYTES + session.length + length)
                .putLong(id)
                .putInt(session.length)
                .put(session);
        if (initializer != null) {
            message.put(initializer);
        }
        return message.toArray();
    }

    /** Puts work at the end of the queue; false when the pool accepts none any more. */
    boolean submit(Source work) {
        synchronized (this) {
            if (shutDown) {
                return false;
            }
            ready.add(work);
            if (!isBroken()) {
                wakeHungry(work.pieces());
                return true;
            }
            if (System.nanoTime() - failedAt > RETRY_NANOS) {
                WorkerSlot another = down.iterator().next();
                down.remove(another);
                another.wake();
                return true;
            }
        }
        failAll();
        return true;
    }

    /** Some items of a lazy call wait. */
    void offer(LazyCall<?, ?> call) {
        boolean broken;
        synchronized (this) {
            if (offered.add(call)) {
                ready.add(call);
                wakeHungry(1);
            }
            broken = isBroken();
        }
        if (broken || stopped) {
            failAll();
        }
    }

    boolean begin(LazyCall<?, ?> call) {
        lazyCalls.add(call);
        if (shutDown) {
            lazyCalls.remove(call);
            return false;
        }
        return true;
    }

    /** Nothing of a lazy call is read or awaited any more. Takes no lock: the call's own is held. */
    void ended(LazyCall<?, ?> call) {
        lazyCalls.remove(call);
    }

    private void wakeHungry(int pieces) {
        for (int i = 0; i < pieces; i++) {
            WorkerSlot slot = hungry.poll();
            if (slot == null) {
                return;
            }
            slot.wake();
        }
    }

    /** Whether no worker comes up. */
    private boolean isBroken() {
        return down.size() == slots.length;
    }

    /** The next piece that anybody wants; null when none waits. */
    synchronized @Nullable Piece take() {
        for (Source first = ready.peek(); first != null; first = ready.peek()) {
            Piece piece = first.next();
            if (!first.hasNext()) {
                ready.poll();
                offered.remove(first);
            }
            if (piece != null && piece.isWanted()) {
                outstanding.incrementAndGet();
                return piece;
            }
        }
        return null;
    }

    /** How many pieces a worker may take at once, so that the others get some, too. */
    synchronized int share() {
        Source first = ready.peek();
        if (first == null) {
            return 1;
        }
        long pieces = (long) ready.size() - 1 + first.pieces();
        return (int) Math.min(Integer.MAX_VALUE, pieces / slots.length + 1);
    }

    /** Pieces that were taken and not begun, or are tried again: they come before all others. */
    void takeBack(List<Piece> pieces) {
        requeue(pieces);
        settled(pieces.size());
    }

    void requeue(List<Piece> pieces) {
        if (pieces.isEmpty()) {
            return;
        }
        boolean broken;
        synchronized (this) {
            for (int i = pieces.size() - 1; i >= 0; i--) {
                ready.addFirst(pieces.get(i));
            }
            wakeHungry(pieces.size());
            broken = isBroken();
        }
        if (broken) {
            failAll();
        }
    }

    /** A slot has nothing to do; it is woken when there is. False when there is something now. */
    synchronized boolean awaitWork(WorkerSlot slot, boolean idle) {
        if (!ready.isEmpty()) {
            return false;
        }
        hungry.remove(slot);
        if (idle) {
            hungry.addFirst(slot);
        } else {
            hungry.addLast(slot);
        }
        return true;
    }

    /** A slot can take nothing: whoever it was woken for, another one has to come. */
    synchronized void passOn(WorkerSlot slot) {
        hungry.remove(slot);
        if (!ready.isEmpty()) {
            wakeHungry(1);
        }
    }

    /** So many pieces have an outcome. */
    void settled(int pieces) {
        if (outstanding.addAndGet(-pieces) == 0 && shutDown) {
            wakeAll();
        }
    }

    /** Whether all that was handed in has an outcome. */
    synchronized boolean isDone() {
        if (!ready.isEmpty() || outstanding.get() != 0) {
            return false;
        }
        for (LazyCall<?, ?> call : lazyCalls) {
            if (call.hasNext()) {
                return false;
            }
        }
        return true;
    }

    void wakeAll() {
        for (WorkerSlot slot : slots) {
            slot.wake();
        }
    }

    /** A worker has come up, and has finished a task: whatever kept others from it is over. */
    synchronized void proved() {
        restarts = 0;
        startFailure = null;
        List<WorkerSlot> others = List.copyOf(down);
        down.clear();
        others.forEach(WorkerSlot::wake);
    }

    /** A worker has not come up. Returns how long to wait before the next attempt. */
    long startFailed(WorkerSlot slot, Throwable thrown) {
        synchronized (this) {
            startFailure = thrown;
            failedAt = System.nanoTime();
            if (restarts < MOST_RESTARTS) {
                restarts++;
                return BACK_OFF_NANOS << (2 * restarts);
            }
            down.add(slot);
            if (!isBroken()) {
                return 0;
            }
        }
        failAll();
        return 0;
    }

    synchronized boolean mayStart(WorkerSlot slot) {
        return !down.contains(slot);
    }

    /** Nobody is there who could run what waits. */
    private void failAll() {
        Throwable reason;
        synchronized (this) {
            reason = stopped || startFailure == null ? stopped() : startFailure;
        }
        for (Piece piece = take(); piece != null; piece = take()) {
            if (piece.claim()) {
                piece.fail(reason);
            }
            settled(1);
        }
    }

    /** A call has ended before its time: what of it waits in a worker is not to be begun. */
    void dropUnwanted() {
        for (WorkerSlot slot : slots) {
            slot.dropUnwanted();
        }
    }

    /** The future of a task was cancelled. */
    void cancelled(Piece piece, boolean running) {
        Worker holder = piece.holder();
        if (holder != null) {
            holder.slot().cancel(piece, running);
        }
    }

    /** The future of a call was cancelled. */
    void cancelled(MapCall<?> call, boolean running) {
        if (!call.isWanted()) {
            for (WorkerSlot slot : slots) {
                Worker worker = slot.worker();
                if (worker != null) {
                    worker.unwanted().forEach(piece -> slot.cancel(piece, running));
                }
            }
        }
    }

    /** Workers need not keep something any more. Takes no lock. */
    void forget(int knowledgeId) {
        broadcasts.remove(knowledgeId);
        for (WorkerSlot slot : slots) {
            slot.forget(knowledgeId);
        }
    }

    void keep(Broadcast<?> broadcast, int knowledgeId) {
        broadcasts.put(knowledgeId, broadcast);
    }

    /** The handle that was made here, if it was, and is open. */
    static @Nullable Broadcast<?> broadcast(long pool, int knowledgeId) {
        WeakReference<PoolCore> reference = POOLS.get(pool);
        PoolCore core = reference == null ? null : reference.get();
        return core == null ? null : core.broadcasts.get(knowledgeId);
    }

    /** A listener that throws harms nobody but itself. */
    void tell(WorkerDeath death) {
        try {
            options.listener().workerDied(death);
        } catch (RuntimeException | Error e) {
            uncaught(e);
        }
    }

    static void uncaught(Throwable thrown) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
    }

    /** Accepts nothing any more. */
    void shutdown() {
        synchronized (this) {
            shutDown = true;
        }
        lazyCalls.forEach(LazyCall::stopReading);
        wakeAll();
    }

    /** Ends everything at once. Returns what has not begun, of those tasks that were handed in one by one. */
    List<Runnable> shutdownNow() {
        synchronized (this) {
            shutDown = true;
            stopped = true;
        }
        List<Runnable> waiting = new ArrayList<>();
        for (Piece piece = take(); piece != null; piece = take()) {
            if (piece instanceof SingleTask<?> task) {
                task.text(); // which is not to be had later
                waiting.add(task);
            }
            if (piece.claim()) {
                piece.fail(stopped());
            }
            settled(1);
        }
        lazyCalls.forEach(LazyCall::abort);
        wakeAll();
        return waiting;
    }

    /** Whether this process has begun to end. */
    boolean isExiting() {
        return exit.hasBegun();
    }

    boolean isShutDown() {
        return shutDown;
    }

    boolean isStopped() {
        return stopped;
    }

    CancellationException stopped() {
        return new CancellationException(this + " was shut down");
    }

    RejectedExecutionException rejected(Object task) {
        return new RejectedExecutionException(closed(TaskText.of(task)));
    }

    String closed(String what) {
        return this + " is closed: " + what + " was not accepted";
    }

    void slotEnded() {
        slotsLeft.countDown();
        if (slotsLeft.getCount() == 0) {
            POOLS.remove(id);
            broadcasts.clear();
            exit.close();
        }
    }

    boolean isTerminated() {
        return slotsLeft.getCount() == 0;
    }

    boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return slotsLeft.await(timeout, unit);
    }

    void awaitTermination() throws InterruptedException {
        slotsLeft.await();
    }

    /** The process ids of the workers that have come up. */
    List<Long> pids() {
        List<Long> pids = new ArrayList<>();
        for (WorkerSlot slot : slots) {
            Worker worker = slot.worker();
            if (worker != null && worker.isReady() && !worker.hasEnded()) {
                pids.add(worker.process().pid());
            }
        }
        return pids;
    }

    String describe() {
        int up = 0;
        int busy = 0;
        for (WorkerSlot slot : slots) {
            Worker worker = slot.worker();
            if (worker != null && worker.isReady() && !worker.hasEnded()) {
                up++;
                busy += worker.isIdle() ? 0 : 1;
            }
        }
        String state = isTerminated() ? "terminated" : stopped ? "stopping" : shutDown ? "shut down" : "open";
        synchronized (this) {
            return this + ": " + state + ", " + up + " of " + slots.length + " workers up, " + busy + " busy, "
                    + ready.size() + " tasks and calls waiting, " + outstanding.get()
                    + " tasks and chunks running or sent";
        }
    }

    @Override
    public String toString() {
        return "pool \"" + options.name() + "\"";
    }
}
