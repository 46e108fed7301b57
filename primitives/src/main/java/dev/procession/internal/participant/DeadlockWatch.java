package dev.procession.internal.participant;

import dev.procession.internal.locking.RobustLock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks for deadlocks on behalf of threads of this process that asked for it, at each tick, and tells one thread of each
 * circle. All processes choose the same one, so that one goes and the others go on.
 */
final class DeadlockWatch {
    private final Participant participant;
    private final WaitTable waits;
    private final ConcurrentHashMap<Thread, WaitCycle> victims = new ConcurrentHashMap<>();
    private final Set<Thread> asking = ConcurrentHashMap.newKeySet();
    private Set<WaitCycle> lastLook = Set.of();

    DeadlockWatch(Participant participant, WaitTable waits) {
        this.participant = participant;
        this.waits = waits;
    }

    /** The current thread is about to wait for a lock with detection. */
    void begin() {
        asking.add(Thread.currentThread());
    }

    /** The current thread does not wait any more. */
    void end() {
        asking.remove(Thread.currentThread());
        victims.remove(Thread.currentThread());
    }

    /** {@return the deadlock that the current thread is to leave, null if there is none} */
    @Nullable
    WaitCycle sentence() {
        return victims.get(Thread.currentThread());
    }

    void tick() {
        waits.enterLate();
        for (RobustLock lock : participant.locks()) {
            lock.publishOwner();
        }
        if (asking.isEmpty() || !waits.hasSleepers()) {
            lastLook = Set.of();
            return;
        }
        List<WaitCycle> look = WaitGraph.cycles(participant);
        for (WaitCycle cycle : look) {
            if (lastLook.contains(cycle)) {
                tell(cycle);
            }
        }
        lastLook = new HashSet<>(look);
    }

    private void tell(WaitCycle cycle) {
        WaitCycle.Edge last = null;
        for (WaitCycle.Edge edge : cycle.edges()) {
            if (edge.detects()) {
                last = edge;
            }
        }
        if (last == null || last.owner() != participant.self()) {
            return;
        }
        Thread victim = waits.sleeper(last.thread());
        if (victim != null && asking.contains(victim) && victims.putIfAbsent(victim, cycle) == null) {
            participant.waiting().wake(last.object());
        }
    }
}
