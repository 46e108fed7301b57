package dev.procession.pool;

import dev.procession.internal.log.LibraryLog;
import java.lang.System.Logger.Level;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;

/**
 * Ends the workers of a pool that nobody has closed and nobody can close any more. A thread of the pool, and not a {@link
 * java.lang.ref.Cleaner}, whose thread would outlive it, and in a build the goal that used it.
 */
final class LeakWatch extends Thread {
    private final ReferenceQueue<ProcessPool> unreachable = new ReferenceQueue<>();
    private final Reference<ProcessPool> pool;
    private final PoolCore core;

    LeakWatch(ProcessPool pool, PoolCore core) {
        super(null, null, "procession " + core + " watch", 0, false);
        this.pool = new PhantomReference<>(pool, unreachable);
        this.core = core;
        setDaemon(true);
    }

    @Override
    public void run() {
        try {
            unreachable.remove();
        } catch (InterruptedException e) {
            return; // it was shut down
        } finally {
            Reference.reachabilityFence(pool);
        }
        LibraryLog.log(Level.WARNING, () -> core + " was not closed: its workers end now");
        core.shutdown();
    }

    /** The pool is shut down: there is nothing to watch any more. */
    void end() {
        interrupt();
    }
}
