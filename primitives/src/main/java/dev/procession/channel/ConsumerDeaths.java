package dev.procession.channel;

import dev.procession.OwnerDeath;
import dev.procession.internal.memory.Memory;
import dev.procession.internal.participant.Deaths;
import dev.procession.internal.participant.Participant;
import java.util.ArrayList;
import java.util.List;

/**
 * The last consumers that died, and which items they had taken or leased. Diagnostics: nothing is decided by it.
 *
 * <pre>
 *    0  NEXT   long  number of the next row; release, by the holder of the head's lock
 *   64  rows   ROWS x 128 bytes:
 *        0  STAMP  long  number of the row + 1, release, last; 0 while it is written
 *        8  OWNER  long
 *       16  SEEN   long  milliseconds since 1970
 *       24  COUNT  long  of the items; negative if they were leased
 *       32  ITEMS  the numbers of at most KNOWN of them
 * </pre>
 */
final class ConsumerDeaths {
    private static final int NEXT = 0;
    private static final int FIRST = 64;
    private static final int ROWS = 16;
    private static final int ROW = 128;
    private static final int STAMP = 0;
    private static final int OWNER = STAMP + Long.BYTES;
    private static final int SEEN = OWNER + Long.BYTES;
    private static final int COUNT = SEEN + Long.BYTES;
    private static final int ITEMS = COUNT + Long.BYTES;

    /** So many items of a death are named. */
    private static final int KNOWN = TakenItems.KNOWN;

    /** Its size in bytes. */
    static final int LENGTH = FIRST + ROWS * ROW;

    private final Memory memory;
    private final int base;

    ConsumerDeaths(Memory memory, int base) {
        this.memory = memory;
        this.base = base;
    }

    /** Writes down who died with items that it took, the last ones of so many. */
    void addTaken(long owner, long[] last, long count) {
        add(owner, last, count);
    }

    /** Writes down who died with leases. */
    void addLeased(long owner, long[] items) {
        add(owner, items, -(long) items.length);
    }

    /** Not twice: its writer may have died before it had forgotten the consumer. */
    private void add(long owner, long[] items, long count) {
        long number = memory.getLongAcquire(base + NEXT);
        for (long before = Math.max(0, number - ROWS); before < number; before++) {
            if (memory.getLong(row(before) + OWNER) == owner) {
                return;
            }
        }
        int row = row(number);
        memory.setLongVolatile(row + STAMP, 0);
        memory.setLong(row + OWNER, owner);
        memory.setLong(row + SEEN, System.currentTimeMillis());
        memory.setLong(row + COUNT, count);
        for (int i = 0; i < Math.min(items.length, KNOWN); i++) {
            memory.setLong(row + ITEMS + i * Long.BYTES, items[i]);
        }
        // release: publishes the row; a reader drops a row whose stamp changed while it read.
        memory.setLongRelease(row + STAMP, number + 1);
        memory.setLongRelease(base + NEXT, number + 1);
    }

    /** {@return the deaths that are still known, oldest first} */
    List<OwnerDeath> read(Participant participant, String label) {
        long next = memory.getLongAcquire(base + NEXT);
        List<OwnerDeath> deaths = new ArrayList<>();
        for (long number = Math.max(0, next - ROWS); number < next; number++) {
            int row = row(number);
            if (memory.getLongAcquire(row + STAMP) != number + 1) {
                continue;
            }
            long owner = memory.getLong(row + OWNER);
            long seen = memory.getLong(row + SEEN);
            String object = items(row) + " of " + label + held(memory.getLong(row + COUNT));
            if (memory.getLongVolatile(row + STAMP) == number + 1) {
                deaths.add(Deaths.of(participant, owner, "", object, seen));
            }
        }
        return deaths;
    }

    private String items(int row) {
        long count = Math.abs(memory.getLong(row + COUNT));
        int named = (int) Math.min(count, KNOWN);
        StringBuilder text = new StringBuilder(count == 1 ? "item " : "items ");
        for (int i = 0; i < named; i++) {
            boolean last = i == named - 1 && i > 0 && !leftOut(row);
            text.append(i == 0 ? "" : last ? " and " : ", ").append(memory.getLong(row + ITEMS + i * Long.BYTES));
        }
        return leftOut(row)
                ? text.append(" and ").append(count - named).append(" more").toString()
                : text.toString();
    }

    /** Of leases all are held, so what is not named is counted. */
    private boolean leftOut(int row) {
        return memory.getLong(row + COUNT) < -KNOWN;
    }

    private static String held(long count) {
        if (count < 0) {
            return ", which it had leased";
        }
        return count == 1
                ? ", the only one that it took"
                : ", the last " + Math.min(count, KNOWN) + " of " + count + " that it took";
    }

    private int row(long number) {
        return base + FIRST + (int) (number % ROWS) * ROW;
    }
}
