package dev.procession.internal.participant;

import dev.procession.internal.memory.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/**
 * The last deaths that concern an object, the oldest of which each new one takes the place of.
 *
 * <pre>
 *    0  NEXT   long  number of the next row; release, by whoever holds the object's lock
 *   64  rows   ROWS x 128 bytes:
 *        0  STAMP   long  number of the row + 1, release, last; 0 while it is written
 *        8  OWNER   long
 *       16  SEEN    long  milliseconds since 1970
 *       24  AMOUNT  long  how much it held
 *       32  REST    what else there is to say
 * </pre>
 */
public final class DeathRows {
    private static final int NEXT = 0;
    private static final int FIRST = 64;
    private static final int ROWS = 16;
    private static final int ROW = 128;
    private static final int STAMP = 0;
    private static final int OWNER = STAMP + Long.BYTES;
    private static final int SEEN = OWNER + Long.BYTES;
    private static final int AMOUNT = SEEN + Long.BYTES;
    private static final int REST = AMOUNT + Long.BYTES;

    /** The bytes that the rest may have. */
    public static final int REST_LENGTH = ROW - REST;

    /** Its size in bytes. */
    public static final int LENGTH = FIRST + ROWS * ROW;

    private final Memory memory;
    private final int base;

    /** The rows at a place that was zeros at first. */
    public DeathRows(Memory memory, int base) {
        this.memory = memory;
        this.base = base;
    }

    /**
     * A death.
     *
     * @param seen when it was noticed, in milliseconds since 1970
     * @param rest what else was written down
     */
    public record Row<T>(long owner, long amount, long seen, T rest) {}

    /** {@return whether the last row tells of this owner and amount} */
    boolean isLast(long owner, long amount) {
        long number = memory.getLongAcquire(base + NEXT);
        return number > 0
                && memory.getLong(row(number - 1) + OWNER) == owner
                && memory.getLong(row(number - 1) + AMOUNT) == amount;
    }

    /** {@return whether any row tells of this owner} */
    public boolean has(long owner) {
        long next = memory.getLongAcquire(base + NEXT);
        for (long number = Math.max(0, next - ROWS); number < next; number++) {
            if (memory.getLong(row(number) + OWNER) == owner) {
                return true;
            }
        }
        return false;
    }

    /**
     * Writes a row; the caller holds the object's lock.
     *
     * @param rest writes what else there is to say, at the place that it is given
     */
    public void add(long owner, long amount, IntConsumer rest) {
        long number = memory.getLongAcquire(base + NEXT);
        int row = row(number);
        memory.setLongVolatile(row + STAMP, 0);
        memory.setLong(row + OWNER, owner);
        memory.setLong(row + SEEN, System.currentTimeMillis());
        memory.setLong(row + AMOUNT, amount);
        rest.accept(row + REST);
        // release: publishes the row; a reader drops a row whose stamp changed while it read.
        memory.setLongRelease(row + STAMP, number + 1);
        memory.setLongRelease(base + NEXT, number + 1);
    }

    /**
     * {@return the rows that are still known, oldest first}
     *
     * @param rest reads what else was written down, at the place that it is given. A row may be written again meanwhile: it
     *     must bear whatever it finds, which is dropped then
     */
    public <T> List<Row<T>> read(IntFunction<T> rest) {
        long next = memory.getLongAcquire(base + NEXT);
        List<Row<T>> rows = new ArrayList<>();
        for (long number = Math.max(0, next - ROWS); number < next; number++) {
            int row = row(number);
            if (memory.getLongAcquire(row + STAMP) != number + 1) {
                continue;
            }
            Row<T> read = new Row<>(
                    memory.getLong(row + OWNER),
                    memory.getLong(row + AMOUNT),
                    memory.getLong(row + SEEN),
                    rest.apply(row + REST));
            if (memory.getLongVolatile(row + STAMP) == number + 1) {
                rows.add(read);
            }
        }
        return rows;
    }

    private int row(long number) {
        return base + FIRST + (int) (number % ROWS) * ROW;
    }
}
