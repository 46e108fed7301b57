package dev.procession.benchmarks;

import dev.procession.internal.participant.SessionAccess;
import dev.procession.session.Session;
import dev.procession.sync.ProcessLock;
import dev.procession.sync.ProcessReentrantLock;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Locks that nobody else wants: taken and given back. */
@State(Scope.Benchmark)
@SuppressWarnings("LockNotBeforeTry") // there is nothing in between that could fail
public class LockMicro {
    private final Session session = Session.create();
    private ReentrantLock local = new ReentrantLock();
    private Lock lock = local;
    private Lock reentrant = local;
    private final UnrecordedLock unrecordable = new UnrecordedLock(SessionAccess.of(session));
    private Lock unrecorded = local; // an interface, as the others are for their callers

    /** Creates the locks. */
    @Setup
    public void create() {
        lock = ProcessLock.create(session);
        reentrant = ProcessReentrantLock.create(session);
        unrecorded = unrecordable;
    }

    /** Leaves the session. */
    @TearDown
    public void close() {
        unrecordable.close();
        session.close();
    }

    /** Of java.util.concurrent. */
    @Benchmark
    public void reentrantLock() {
        local.lock();
        local.unlock();
    }

    /** Ours. */
    @Benchmark
    public void processLock() {
        lock.lock();
        lock.unlock();
    }

    /** Ours, without a way to record. */
    @Benchmark
    public void unrecordedLock() {
        unrecorded.lock();
        unrecorded.unlock();
    }

    /** Ours. */
    @Benchmark
    public void processReentrantLock() {
        reentrant.lock();
        reentrant.unlock();
    }

    /** Of java.util.concurrent, held already. */
    @Benchmark
    public void reentrantLockTwice() {
        local.lock();
        local.lock();
        local.unlock();
        local.unlock();
    }

    /** Ours, held already. */
    @Benchmark
    public void processReentrantLockTwice() {
        reentrant.lock();
        reentrant.lock();
        reentrant.unlock();
        reentrant.unlock();
    }
}
