package dev.procession.internal.participant;

import dev.procession.OwnerDeath;
import dev.procession.internal.liveness.Names;
import dev.procession.internal.memory.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * The last owners that died holding something of an object. Diagnostics: nothing is decided by it. In {@link DeathRows},
 * whose rest is the ended thread of a living process: length (int) and UTF-8; empty if the process died.
 */
public final class DeathLog {
    private static final int THREAD_MAX = DeathRows.REST_LENGTH - Integer.BYTES;

    /** Its size in bytes. */
    public static final int LENGTH = DeathRows.LENGTH;

    private final Memory memory;
    private final DeathRows rows;

    /** The log at a place that was zeros at first. */
    public DeathLog(Memory memory, int base) {
        this.memory = memory;
        this.rows = new DeathRows(memory, base);
    }

    /** Writes down a death, unless that of the same owner is the last already: its writer may have died, too. */
    public void add(long owner, long amount, String thread) {
        if (!thread.isEmpty() || !rows.isLast(owner, amount)) {
            rows.add(owner, amount, at -> Names.write(memory, at, THREAD_MAX, thread));
        }
    }

    /**
     * {@return the deaths that are still known, oldest first}
     *
     * @param label what messages call the amount that an owner held: {@code 2 permits of semaphore "slots"}
     */
    public List<OwnerDeath> read(Participant participant, LongFunction<String> label) {
        List<OwnerDeath> deaths = new ArrayList<>();
        for (DeathRows.Row<String> row : rows.read(at -> Names.read(memory, at, THREAD_MAX))) {
            deaths.add(Deaths.of(participant, row.owner(), row.rest(), label.apply(row.amount()), row.seen()));
        }
        return deaths;
    }
}
