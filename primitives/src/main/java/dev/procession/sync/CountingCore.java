package dev.procession.sync;

import dev.procession.OwnerDeath;
import dev.procession.internal.memory.Block;
import dev.procession.internal.memory.FaultPoint;
import dev.procession.internal.participant.Participant;
import dev.procession.internal.record.EventCode;
import java.util.List;

/** A semaphore whose permits belong to nobody: one word, changed by one CAS. */
final class CountingCore extends SemaphoreCore {

    CountingCore(Participant participant, Block block) {
        super(participant, block);
    }

    @Override
    boolean take(int wanted, long waitedNanos, long deadline, boolean interruptible) {
        if (!permits.take(wanted, waitedNanos)) {
            return false;
        }
        FaultPoint.reached("semaphore.taken");
        return true;
    }

    @Override
    void give(int given) {
        int before = permits.available();
        if (before <= most() - given) {
            record(EventCode.RELEASED, given); // before the store, so that it stands before what follows from it
            before = permits.add(given, most());
        }
        if (before > most() - given) {
            throw tooMany(given, "available=" + before);
        }
        FaultPoint.reached("semaphore.given");
    }

    @Override
    int drain() {
        return permits.takeAll();
    }

    @Override
    int available() {
        return permits.available();
    }

    @Override
    List<OwnerDeath> deaths() {
        return List.of();
    }

    @Override
    String holders() {
        return "";
    }
}
