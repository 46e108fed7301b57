package dev.procession.internal.liveness;

import dev.procession.internal.memory.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The facts about the participants that died last, kept after their slots are used again.
 *
 * <pre>
 *   0  NEXT   long   number of the next row; getAndAdd
 *  64  rows   COUNT x 256 bytes:
 *        0  STAMP long   number of the row + 1, release, last; 0 while it is written
 *        8  OWNER long
 *       16  PID   long
 *       24  SEEN  long   milliseconds since 1970
 *       32  EXIT  long   as in the process table
 *       40  NAME_LENGTH int, NAME
 * </pre>
 */
final class Obituaries {
    private static final int NEXT = 0;
    private static final int ROWS = 64;
    private static final int COUNT = 256;
    private static final int ROW = 256;
    private static final int STAMP = 0;
    private static final int OWNER = 8;
    private static final int PID = 16;
    private static final int SEEN = 24;
    private static final int EXIT = 32;
    private static final int NAME_LENGTH = 40;
    private static final int NAME_MAX = ROW - NAME_LENGTH - Integer.BYTES;

    private final Memory memory;
    private final int base;

    Obituaries(Memory memory, int base) {
        this.memory = memory;
        this.base = base;
    }

    void write(long owner, long pid, String name, long seenMillis, long exit) {
        long number = memory.getAndAddLong(base + NEXT, 1);
        int row = row(number);
        memory.setLongVolatile(row + STAMP, 0);
        memory.setLong(row + OWNER, owner);
        memory.setLong(row + PID, pid);
        memory.setLong(row + SEEN, seenMillis);
        memory.setLong(row + EXIT, exit);
        Names.write(memory, row + NAME_LENGTH, NAME_MAX, name);
        // release: publishes the row; pairs with the acquire in read(), which drops a row whose stamp changed
        // meanwhile.
        memory.setLongRelease(row + STAMP, number + 1);
    }

    @Nullable
    ProcessFacts find(long owner) {
        for (long number = memory.getLongVolatile(base + NEXT) - 1, end = Math.max(number - COUNT, -1);
                number > end;
                number--) {
            ProcessFacts facts = read(number);
            if (facts != null && facts.owner() == owner) {
                return facts;
            }
        }
        return null;
    }

    /** Writes down how somebody ended whose obituary was written before that was known. */
    void exit(long owner, int code) {
        for (long number = memory.getLongVolatile(base + NEXT) - 1, end = Math.max(number - COUNT, -1);
                number > end;
                number--) {
            int row = row(number);
            if (memory.getLongAcquire(row + STAMP) == number + 1 && memory.getLong(row + OWNER) == owner) {
                long before = memory.getLongVolatile(row + EXIT);
                // By compare-and-set: the row may be another's by now, whose own exit is not to be lost.
                memory.compareAndSetLong(
                        row + EXIT,
                        before,
                        (before & ProcessRowLayout.IN_ORDER) | ProcessRowLayout.KNOWN | (code & 0xffffffffL));
                return;
            }
        }
    }

    /** {@return what is kept, oldest first} */
    List<ProcessFacts> all() {
        long next = memory.getLongVolatile(base + NEXT);
        List<ProcessFacts> all = new ArrayList<>();
        for (long number = Math.max(next - COUNT, 0); number < next; number++) {
            ProcessFacts facts = read(number);
            if (facts != null) {
                all.add(facts);
            }
        }
        return all;
    }

    private @Nullable ProcessFacts read(long number) {
        int row = row(number);
        if (memory.getLongAcquire(row + STAMP) != number + 1) {
            return null;
        }
        ProcessFacts facts = new ProcessFacts(
                memory.getLong(row + OWNER),
                memory.getLong(row + PID),
                Names.read(memory, row + NAME_LENGTH, NAME_MAX),
                memory.getLong(row + SEEN),
                exitCode(memory.getLong(row + EXIT)),
                (memory.getLong(row + EXIT) & ProcessRowLayout.IN_ORDER) != 0);
        return memory.getLongVolatile(row + STAMP) == number + 1 ? facts : null;
    }

    private int row(long number) {
        return base + ROWS + (int) (number % COUNT) * ROW;
    }

    static OptionalInt exitCode(long exit) {
        return (exit & ProcessRowLayout.KNOWN) == 0 ? OptionalInt.empty() : OptionalInt.of((int) exit);
    }
}
