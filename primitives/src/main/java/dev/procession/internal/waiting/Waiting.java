package dev.procession.internal.waiting;

import dev.procession.internal.liveness.ProcessTable;
import dev.procession.internal.log.LibraryLog;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Everything of one participant that waits: its doorbell, the objects that its threads wait for, and the supervisor, one
 * thread that looks after them five times a second.
 *
 * <p>The supervisor is what makes a ring a mere hint: whoever should have rung may have died between its store and its
 * ring, and then no dead owner is left to be found. So every tick asks each object that is waited for here whether a
 * thread should try again. One recheck per process, not per thread: a thousand sleeping threads cost no more than one.
 */
public final class Waiting implements AutoCloseable {
    /** Between two ticks, and so the longest time that a lost ring can cost, give or take {@link #SETTLE_NANOS}. */
    static final long TICK_NANOS = 200_000_000;

    /**
     * An object that is still ready after this long, with no ring under way, was not rung for. On a machine with many more
     * threads than processors, whoever is about to ring may not run for some tens of milliseconds.
     */
    private static final long SETTLE_NANOS = 50_000_000;

    private final ProcessTable table;
    private final long self;
    private final WaitPolicy policy;
    private final Doorbell doorbell;
    private final ConcurrentHashMap<Long, WaitPoint> points = new ConcurrentHashMap<>();
    private final List<Runnable> duties = new CopyOnWriteArrayList<>();
    private final Thread supervisor;
    private final AtomicInteger inMidst = new AtomicInteger(); // threads that wait, asleep or not
    private volatile @Nullable Waiter supervising;
    private volatile boolean hurried;
    private volatile boolean closed;

    /**
     * Starts the supervisor.
     *
     * @param table who takes part
     * @param self this participant
     * @param bells the directory of the doorbells
     * @param policy how long threads look by themselves
     */
    @SuppressWarnings("ThisEscapeFromConstructor") // the thread starts by start(), after construction
    public Waiting(ProcessTable table, long self, Path bells, WaitPolicy policy) {
        this.table = table;
        this.self = self;
        this.policy = policy;
        this.doorbell = new Doorbell(bells, table, self, this::rung);
        this.supervisor = new Thread(this::supervise, "procession-supervisor");
        supervisor.setDaemon(true);
    }

    /** Starts the supervisor; once. */
    public void start() {
        doorbell.supervisedBy(supervisor);
        supervisor.start();
    }

    /** Adds something that the supervisor does at each tick; it must be short, and must not wait for a user's lock. */
    public void everyTick(Runnable duty) {
        duties.add(duty);
    }

    /** Ends what {@link #everyTick} began; a tick that runs now may still do it. */
    public void noLonger(Runnable duty) {
        duties.remove(duty);
    }

    /** {@return who takes part} */
    public ProcessTable table() {
        return table;
    }

    /** {@return this participant's word} */
    public long self() {
        return self;
    }

    /** {@return whether this participant has left its session} */
    public boolean isClosed() {
        return closed;
    }

    WaitPolicy policy() {
        return policy;
    }

    Doorbell doorbell() {
        return doorbell;
    }

    /** A thread of this process begins to wait. */
    void begins() {
        inMidst.incrementAndGet();
    }

    /** It does not touch shared memory any more. */
    void ends() {
        inMidst.decrementAndGet();
    }

    void activate(WaitPoint point) {
        points.put(point.id(), point);
    }

    void deactivate(WaitPoint point) {
        points.remove(point.id(), point);
    }

    /** Lets every thread of this process that sleeps for an object try again. */
    public void wake(long id) {
        WaitPoint point = points.get(id);
        if (point != null) {
            point.ringArrivedForAll();
        }
    }

    /** Runs a tick soon: somebody is known to have died. */
    public void hurry() {
        hurried = true;
        Waiter waiter = supervising;
        if (waiter != null) {
            doorbell.wake(waiter);
        }
    }

    private void rung(long id) {
        if (id == Doorbell.EVERYTHING) {
            points.values().forEach(WaitPoint::ringArrived);
            return;
        }
        WaitPoint point = points.get(id);
        if (point != null) {
            point.ringArrived();
        }
    }

    private void supervise() {
        Waiter me = new Waiter(null);
        boolean failed = false;
        supervising = me;
        while (!closed) {
            try {
                hurried = false;
                tick(me);
            } catch (RuntimeException | Error e) {
                // A mapping whose file was cut short, or no memory left: the next tick may do better, and a supervisor
                // that is gone would leave every wait of this process to its rings.
                if (!failed && !closed) {
                    failed = true; // once: it comes back five times a second
                    LibraryLog.log(Level.WARNING, () -> "the supervision of a session failed, and is tried again", e);
                }
            }
            rest(me, TICK_NANOS, true);
        }
    }

    /** Leads meanwhile if only virtual threads sleep. Neither a ring for one of them nor a stray wake-up is a tick. */
    private void rest(Waiter me, long nanos, boolean mayHurry) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !closed && !(mayHurry && hurried); left = end - System.nanoTime()) {
            doorbell.supervise(me, left);
            Thread.interrupted(); // nobody means this thread
        }
    }

    private void tick(Waiter me) {
        table.beat(self);
        table.probeAll(TICK_NANOS * 3 / 4);
        for (Runnable duty : duties) {
            duty.run();
        }
        recheck(me);
    }

    private void recheck(Waiter me) {
        List<WaitPoint> suspects = null;
        for (WaitPoint point : points.values()) {
            point.ticked();
            point.forgetOldRing();
            if (point.ready()) {
                if (suspects == null) {
                    suspects = new ArrayList<>();
                }
                suspects.add(point);
            }
        }
        if (suspects == null) {
            return;
        }
        rest(me, SETTLE_NANOS, false);
        boolean pending = doorbell.ringsPending();
        for (WaitPoint point : suspects) {
            point.rescue(pending);
        }
    }

    /** Wakes everybody, who then see that the session is closed; ends the supervisor. */
    @Override
    public void close() {
        closed = true;
        points.values().forEach(WaitPoint::ringArrivedForAll);
        doorbell.close();
        LockSupport.unpark(supervisor);
    }

    /** {@return whether a thread of this process waits, or the supervisor does its duties; after {@link #close}} */
    public boolean isInMidst() {
        return inMidst.get() != 0 || (supervisor.isAlive() && supervisor != Thread.currentThread());
    }

    /** For tests: the thread of the supervisor. */
    @Nullable
    Thread supervisor() {
        return supervisor;
    }
}
