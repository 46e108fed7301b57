package dev.procession.internal.participant;

import dev.procession.OwnerDeath;
import dev.procession.internal.liveness.Names;
import dev.procession.internal.memory.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * The last owners that died holding something of an object. Diagnostics: nothing is decided by it.
 *
 * <pre>
 *    0  NEXT   long  number of the next row; release, by whoever holds the object's lock
 *   64  rows   ROWS x 128 bytes:
 *        0  STAMP   long  number of the row + 1, release, last; 0 while it is written
 *        8  OWNER   long
 *       16  SEEN    long  milliseconds since 1970
 *       24  AMOUNT  long  how much it held
 *       32  THREAD  the ended thread of a living process: length (int) and UTF-8; empty if the process died
 * </pre>
 */
public final class DeathLog {
    private static final int NEXT = 0;
    private static final int FIRST = 64;
    private static final int ROWS = 16;
    private static final int ROW = 128;
    private static final int STAMP = 0;
    private static final int OWNER = 8;
    private static final int SEEN = 16;
    private static final int AMOUNT = 24;
    private static final int THREAD = 32;
    private static final int THREAD_MAX = ROW - THREAD - Integer.BYTES;

    /** Its size in bytes. */
    public static final int LENGTH = FIRST + ROWS * ROW;

    private final Memory memory;
    private final int base;

    /** The log at a place that was zeros at first. */
    public DeathLog(Memory memory, int base) {
        this.memory = memory;
        this.base = base;
    }

    /** Writes down a death, unless that of the same owner is the last already: its writer may have died, too. */
    public void add(long owner, long amount, String thread) {
        long number = memory.getLongAcquire(base + NEXT);
        if (number > 0
                && thread.isEmpty()
                && memory.getLong(row(number - 1) + OWNER) == owner
                && memory.getLong(row(number - 1) + AMOUNT) == amount) {
            return;
        }
        int row = row(number);
        memory.setLongVolatile(row + STAMP, 0);
        memory.setLong(row + OWNER, owner);
        memory.setLong(row + SEEN, System.currentTimeMillis());
        memory.setLong(row + AMOUNT, amount);
        Names.write(memory, row + THREAD, THREAD_MAX, thread);
        // release: publishes the row; a reader drops a row whose stamp changed while it read.
        memory.setLongRelease(row + STAMP, number + 1);
        memory.setLongRelease(base + NEXT, number + 1);
    }

    /**
     * {@return the deaths that are still known, oldest first}
     *
     * @param label what messages call the amount that an owner held: {@code 2 permits of semaphore "slots"}
     */
    public List<OwnerDeath> read(Participant participant, LongFunction<String> label) {
        long next = memory.getLongAcquire(base + NEXT);
        List<OwnerDeath> deaths = new ArrayList<>();
        for (long number = Math.max(0, next - ROWS); number < next; number++) {
            int row = row(number);
            if (memory.getLongAcquire(row + STAMP) != number + 1) {
                continue;
            }
            long owner = memory.getLong(row + OWNER);
            long amount = memory.getLong(row + AMOUNT);
            long seen = memory.getLong(row + SEEN);
            String thread = Names.read(memory, row + THREAD, THREAD_MAX);
            if (memory.getLongVolatile(row + STAMP) == number + 1) {
                deaths.add(Deaths.of(participant, owner, thread, label.apply(amount), seen));
            }
        }
        return deaths;
    }

    private int row(long number) {
        return base + FIRST + (int) (number % ROWS) * ROW;
    }
}
