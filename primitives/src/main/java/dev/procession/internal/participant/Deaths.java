package dev.procession.internal.participant;

import dev.procession.OwnerDeath;
import dev.procession.internal.liveness.ProcessFacts;
import dev.procession.internal.locking.RobustLock;
import dev.procession.internal.memory.Block;
import java.time.Instant;

/** Puts together what is known of an owner's death. */
public final class Deaths {
    private Deaths() {}

    /** {@return what messages call an object: {@code lock "journal"}} */
    public static String label(Block block) {
        String type = ObjectType.of(block.type()).label();
        String name = block.name();
        return name == null ? type + " " + block.handle() : type + " \"" + name + '"';
    }

    /** {@return how the last owner of a lock died} */
    public static OwnerDeath of(Participant participant, RobustLock lock, String label) {
        long seen = lock.lastDeathSeen();
        return of(participant, lock.lastDead(), lock.lastDeadThread(), label, seen);
    }

    /**
     * How an owner died.
     *
     * @param owner its word
     * @param threadName the thread that ended in a living process; empty if the process ended
     * @param label what it owned
     * @param seenMillis when it was noticed, in milliseconds since 1970
     */
    public static OwnerDeath of(Participant participant, long owner, String threadName, String label, long seenMillis) {
        ProcessFacts facts = participant.facts(owner);
        return new OwnerDeath(
                label,
                facts.pid(),
                facts.name(),
                threadName,
                threadName.isEmpty() ? facts.exitCode().orElse(OwnerDeath.UNKNOWN_EXIT) : OwnerDeath.UNKNOWN_EXIT,
                Instant.ofEpochMilli(seenMillis));
    }
}
