package dev.procession.pool;

import dev.procession.process.ExitStatus;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One place of a pool: a thread that starts a worker, keeps it fed, ends tasks that are cancelled or take too long, and puts a
 * new worker into the place of a dead one. It sleeps until something happens; only what runs against a limit of time makes it
 * wake by itself.
 */
final class WorkerSlot implements Runnable {
    private static final long FOREVER = Long.MAX_VALUE;

    /** A worker that is told to end its running task and does not is stopped, or has no memory left to be told. */
    private static final long CANCEL_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** What a worker that ends may take for its shutdown hooks. */
    private static final long END_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Whoever waits for tasks in a shutdown hook must not wait for ever. */
    private static final long EXIT_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final int SIGHUP = 1;
    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;

    private final PoolCore core;
    private final PoolOptions options;
    private final String name;
    private final Thread thread;
    private final Bytes message = new Bytes(8 * 1024);
    private final Queue<Cancel> cancels = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> forgotten = new ConcurrentLinkedQueue<>();
    private volatile boolean dropUnwanted;

    private volatile boolean signalled;
    private volatile boolean parked;

    private volatile @Nullable Worker worker;

    // This thread alone.
    private boolean finished;
    private boolean ending;
    private boolean endedByPool;
    private long startAt;
    private long killAt;
    private @Nullable Piece killFor;
    private long endSeenAt;
    private final SameSignal sameSignal = new SameSignal();

    /** A task that is to be ended, or kept from beginning. */
    private record Cancel(Piece piece, boolean running) {}

    WorkerSlot(PoolCore core, PoolOptions options, String name) {
        this.core = core;
        this.options = options;
        this.name = name;
        this.thread = new Thread(null, this, "procession " + name, 0, false);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    String name() {
        return name;
    }

    @Nullable
    Worker worker() {
        return worker;
    }

    /** Makes the thread look around. */
    void wake() {
        signalled = true;
        if (parked) {
            LockSupport.unpark(thread);
        }
    }

    /** The worker has finished its first task. */
    void proved() {
        core.proved();
    }

    void settled() {
        core.settled(1);
    }

    void givenBack(List<Piece> pieces) {
        core.takeBack(pieces);
        wake();
    }

    void cancel(Piece piece, boolean running) {
        cancels.add(new Cancel(piece, running));
        wake();
    }

    void dropUnwanted() {
        dropUnwanted = true;
        wake();
    }

    void forget(int id) {
        forgotten.add(id);
        wake();
    }

    @Override
    public void run() {
        try {
            while (!finished) {
                signalled = false;
                park(stepSafely());
            }
        } finally {
            core.slotEnded();
        }
    }

    private void park(long nanos) {
        if (nanos <= 0 || finished) {
            return;
        }
        parked = true;
        // What was signalled before this thread was seen to be parked is seen here.
        if (!signalled) {
            if (nanos == FOREVER) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, nanos);
            }
        }
        parked = false;
        // Nobody but a program that ends all threads interrupts this one; park would return at once ever after.
        Thread.interrupted();
    }

    /** Whatever goes wrong, nobody may wait for ever: the worker is given up with the tasks that it has. */
    private long stepSafely() {
        try {
            return step();
        } catch (RuntimeException | Error e) {
            Worker current = worker;
            if (current != null) {
                current.process().kill();
                giveUp(current.drain(), e);
            }
            return current == null || current.hasEnded() ? TimeUnit.MILLISECONDS.toNanos(100) : FOREVER;
        }
    }

    private void giveUp(List<Piece> pieces, Throwable thrown) {
        for (Piece piece : pieces) {
            if (piece.claim()) {
                piece.fail(thrown);
            }
            core.settled(1);
        }
    }

    /** Does what is to be done. Returns after how many nanoseconds to look again. */
    private long step() {
        Worker current = worker;
        if (core.isStopped()) {
            return stop(current);
        }
        if (current == null
                || !current.isReady()
                || current.hasEnded()
                || ending
                || current.isLeaving()
                || current.isExiting()) {
            core.passOn(this);
        }
        if (current == null) {
            return startWorker();
        }
        if (current.hasEnded()) {
            return bury(current);
        }
        if (ending || current.isLeaving() || current.isExiting() || current.startFailure() != null) {
            return awaitEnd(current);
        }
        if (!current.isReady()) {
            if (core.isShutDown() && core.isDone()) {
                // It has nothing to lose, and its initializer may take for ever.
                ending = true;
                endedByPool = true;
                current.dismiss();
            }
            return FOREVER;
        }
        return work(current);
    }

    private long stop(@Nullable Worker current) {
        if (current == null) {
            finished = true;
            return 0;
        }
        if (!current.hasEnded()) {
            if (!endedByPool) {
                endedByPool = true;
                current.dismiss();
            }
            return FOREVER;
        }
        giveUp(current.drain(), core.stopped());
        gone(current);
        finished = true;
        return 0;
    }

    private long startWorker() {
        if (core.isShutDown() && core.isDone()) {
            finished = true;
            return 0;
        }
        if (!core.mayStart(this)) {
            return FOREVER;
        }
        long now = System.nanoTime();
        if (startAt != 0 && startAt - now > 0) {
            return startAt - now;
        }
        cancels.clear();
        forgotten.clear();
        ending = false;
        endedByPool = false;
        killAt = 0;
        killFor = null;
        endSeenAt = 0;
        sameSignal.forget();
        try {
            worker = new Worker(this, options.worker(name), core.greeting());
        } catch (RuntimeException | Error e) {
            failedToStart(e);
        }
        return 0;
    }

    private void failedToStart(Throwable thrown) {
        startAt = System.nanoTime() + core.startFailed(this, thrown);
    }

    /** It was told to end, or ends by itself. */
    private long awaitEnd(Worker current) {
        long now = System.nanoTime();
        if (endSeenAt == 0) {
            endSeenAt = now;
        }
        long left = endSeenAt + END_NANOS - now;
        if (left > 0) {
            return left;
        }
        if (!endedByPool) {
            endedByPool = true;
            current.process().kill();
        }
        return FOREVER;
    }

    private long work(Worker current) {
        message.clear();
        forgetAndCancel(current);
        boolean full = feed(current);
        long now = System.nanoTime();
        long wait = limitTime(current, now);
        if (current.shallGiveBack(now)) {
            command(Protocol.GIVE_BACK, 0);
        }
        if (current.isIdle()) {
            boolean spent = options.tasksPerChild() > 0 && current.sent() >= options.tasksPerChild();
            if (spent || (core.isShutDown() && core.isDone())) {
                command(Protocol.END, 0);
                ending = true;
            }
        }
        if (message.length() > 0) {
            current.send(message.toArray());
        }
        if (ending) {
            return 0;
        }
        if (!canTake(current)) {
            core.passOn(this);
        } else if (!full && !core.awaitWork(this, current.isIdle())) {
            return 0;
        }
        return Math.min(wait, current.giveBackIn(now));
    }

    private boolean canTake(Worker current) {
        return (options.tasksPerChild() == 0 || current.sent() < options.tasksPerChild()) && current.hasRoom();
    }

    /** Returns whether the worker has its share, and is to have more only when it has finished some of it. */
    private boolean feed(Worker current) {
        int share = 1;
        for (int count = 0; canTake(current); count++) {
            if (count == 0) {
                share = core.share();
            } else if (count >= share) {
                return true;
            }
            Piece piece = core.take();
            if (piece == null) {
                return false;
            }
            append(current, piece);
        }
        return true;
    }

    /** Writes a task, and what it needs, into the message. */
    private void append(Worker current, Piece piece) {
        int begin = message.length();
        List<Integer> learned = new ArrayList<>();
        byte[] payload;
        try {
            payload = piece.payload();
            for (Knowledge knowledge : piece.needs()) {
                if (current.known().add(knowledge.id())) {
                    learned.add(knowledge.id());
                    command(Protocol.LEARN, Integer.BYTES + knowledge.bytes().length);
                    message.putInt(knowledge.id());
                    if (knowledge.bytes().length <= Worker.SMALL) {
                        message.put(knowledge.bytes());
                    } else {
                        current.send(message.toArray(), knowledge.bytes());
                        message.clear();
                        learned.clear(); // whatever becomes of the task, the worker knows these
                        begin = 0;
                    }
                }
            }
            command(piece.kind(), Integer.BYTES + payload.length);
            message.putInt(current.nextSequence());
            if (payload.length <= Worker.SMALL) {
                message.put(payload);
            }
        } catch (IOException | RuntimeException | Error e) {
            // It cannot be serialized, or there is no memory for it: nobody has it now but this thread.
            message.truncate(begin);
            learned.forEach(current.known()::remove);
            refused(piece, e);
            return;
        }
        current.enroll(piece, payload.length);
        if (payload.length > Worker.SMALL) {
            current.send(message.toArray(), payload);
            message.clear();
        }
        if (!piece.isWanted()) {
            // Cancelled before it was known where it is.
            cancels.add(new Cancel(piece, true));
            signalled = true;
        }
    }

    private void refused(Piece piece, Throwable thrown) {
        boolean known = false;
        try {
            core.requeue(piece.refused(thrown));
            known = true;
        } finally {
            if (!known && piece.claim()) {
                piece.fail(thrown);
            }
            core.settled(1);
        }
    }

    private void command(int kind, int length) {
        message.putByte(kind).putInt(length);
    }

    private void forgetAndCancel(Worker current) {
        for (Integer id = forgotten.poll(); id != null; id = forgotten.poll()) {
            if (current.known().remove(id)) {
                command(Protocol.FORGET, Integer.BYTES);
                message.putInt(id);
            }
        }
        for (Cancel cancel = cancels.poll(); cancel != null; cancel = cancels.poll()) {
            if (current.has(cancel.piece())) {
                cancel(current, cancel.piece(), cancel.running());
            }
        }
        if (dropUnwanted) {
            dropUnwanted = false;
            for (Piece piece : current.unwanted()) {
                cancel(current, piece, false);
            }
        }
    }

    private void cancel(Worker current, Piece piece, boolean running) {
        command(Protocol.CANCEL, Integer.BYTES + 1);
        message.putInt(piece.sequence()).putByte(running ? 1 : 0);
        if (running && current.running() == piece && killAt == 0) {
            killAt = System.nanoTime() + CANCEL_NANOS;
            killFor = piece;
        }
    }

    /** Ends what takes too long. Returns when to look again. */
    private long limitTime(Worker current, long now) {
        Piece running = current.running();
        if (killAt != 0) {
            if (running != killFor) {
                killAt = 0;
                killFor = null;
            } else if (killAt - now <= 0) {
                current.process().kill();
                return FOREVER;
            } else {
                return killAt - now;
            }
        }
        if (running == null || running.timeoutNanos() == 0) {
            return FOREVER;
        }
        long left = current.headSince() + running.timeoutNanos() - now;
        if (left > 0) {
            return left;
        }
        if (running.claim()) {
            running.fail(tooLong(current, running));
        }
        cancel(current, running, true);
        return CANCEL_NANOS;
    }

    private TimeoutException tooLong(Worker current, Piece running) {
        return new TimeoutException("task " + running.text() + ": worker " + name + " (pid "
                + current.process().pid() + ") was ended, since the task had not ended after "
                + BigDecimal.valueOf(running.timeoutNanos(), 9)
                        .stripTrailingZeros()
                        .toPlainString()
                + " s");
    }

    private long bury(Worker current) {
        ExitStatus status = current.process().exitStatus().orElseThrow();
        boolean expected = ending || current.isLeaving();
        if (!expected && !endedByPool && maySignalBoth(status)) {
            long now = System.nanoTime();
            if (endSeenAt == 0) {
                endSeenAt = now;
            }
            long left = core.isExiting() ? endSeenAt + EXIT_NANOS - now : sameSignal.untilNextLook(now);
            if (left > 0) {
                return left;
            }
        }
        List<Piece> left = current.drain();
        gone(current);
        Throwable failure = current.startFailure();
        if (endedByPool && !current.isReady()) {
            core.takeBack(left);
        } else if (failure != null || !current.isReady()) {
            core.takeBack(left);
            if (failure == null) {
                WorkerDeath death = death(current, status, null, 0, false);
                core.tell(death);
                failure = WorkerDiedException.starting(death);
            }
            failedToStart(failure);
        } else if (expected) {
            core.takeBack(left);
        } else {
            lost(current, status, left);
        }
        return 0;
    }

    /** A terminal sends these to all processes that it has; so do those who stop a service. */
    private static boolean maySignalBoth(ExitStatus status) {
        int code = status.code();
        return code == -SIGHUP || code == -SIGINT || code == -SIGTERM;
    }

    private void gone(Worker current) {
        current.closeSender();
        worker = null;
        startAt = 0;
    }

    /** The first task was running; the others behind it were not begun. */
    private void lost(Worker current, ExitStatus status, List<Piece> left) {
        if (left.isEmpty()) {
            WorkerDeath death = death(current, status, null, 0, false);
            core.tell(death);
            if (current.finished() == 0) {
                // One that dies by itself, again and again, must not be replaced without end.
                failedToStart(WorkerDiedException.starting(death));
            }
            return;
        }
        Piece running = left.get(0);
        core.takeBack(left.subList(1, left.size()));
        if (!running.isWanted() || running.isClaimed()) {
            // It was cancelled, or took too long, and was ended for that.
            core.settled(1);
            return;
        }
        int attempt = running.nextAttempt();
        boolean retried = attempt < options.maxAttempts() && !core.isStopped();
        WorkerDeath death = death(current, status, running, attempt, retried);
        if (retried) {
            core.takeBack(List.of(running));
        } else {
            // Before the listener: who waits for the task must not depend on it.
            giveUp(List.of(running), WorkerDiedException.running(death));
        }
        core.tell(death);
    }

    private WorkerDeath death(Worker dead, ExitStatus status, @Nullable Piece piece, int attempt, boolean retried) {
        String text = null;
        long first = -1;
        long last = -1;
        if (piece != null) {
            int item = dead.exitingItem(piece);
            text = item < 0 ? piece.text() : piece.text(item);
            if (piece.firstIndex() >= 0) {
                first = piece.firstIndex() + Math.max(0, item);
                last = item < 0 ? piece.firstIndex() + piece.items() - 1 : first;
            }
        }
        return new WorkerDeath(name, dead.process().pid(), status, text, first, last, attempt, retried);
    }
}
