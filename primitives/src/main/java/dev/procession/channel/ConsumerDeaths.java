package dev.procession.channel;

import dev.procession.OwnerDeath;
import dev.procession.internal.memory.Memory;
import dev.procession.internal.participant.DeathRows;
import dev.procession.internal.participant.Deaths;
import dev.procession.internal.participant.Participant;
import java.util.ArrayList;
import java.util.List;

/**
 * The last consumers that died, and which items they had taken or leased. Diagnostics: nothing is decided by it. In {@link
 * DeathRows}: the amount is the number of items, negative if they were leased; the rest, the numbers of at most KNOWN of
 * them.
 */
final class ConsumerDeaths {
    /** So many items of a death are named. */
    private static final int KNOWN = TakenItems.KNOWN;

    /** Its size in bytes. */
    static final int LENGTH = DeathRows.LENGTH;

    private final Memory memory;
    private final DeathRows rows;

    ConsumerDeaths(Memory memory, int base) {
        this.memory = memory;
        this.rows = new DeathRows(memory, base);
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
        if (!rows.has(owner)) {
            rows.add(owner, count, at -> {
                for (int i = 0; i < Math.min(items.length, KNOWN); i++) {
                    memory.setLong(at + i * Long.BYTES, items[i]);
                }
            });
        }
    }

    /** {@return the deaths that are still known, oldest first} */
    List<OwnerDeath> read(Participant participant, String label) {
        List<OwnerDeath> deaths = new ArrayList<>();
        for (DeathRows.Row<long[]> row : rows.read(this::numbers)) {
            String object = named(row.rest(), row.amount()) + " of " + label + held(row.amount());
            deaths.add(Deaths.of(participant, row.owner(), "", object, row.seen()));
        }
        return deaths;
    }

    private long[] numbers(int at) {
        long[] numbers = new long[KNOWN];
        for (int i = 0; i < KNOWN; i++) {
            numbers[i] = memory.getLong(at + i * Long.BYTES);
        }
        return numbers;
    }

    private static String named(long[] numbers, long amount) {
        long count = Math.abs(amount);
        int named = (int) Math.min(count, KNOWN);
        // Of leases all are held, so what is not named is counted.
        long more = amount < 0 ? count - named : 0;
        StringBuilder text = new StringBuilder(count == 1 ? "item " : "items ");
        for (int i = 0; i < named; i++) {
            boolean last = i == named - 1 && i > 0 && more == 0;
            text.append(i == 0 ? "" : last ? " and " : ", ").append(numbers[i]);
        }
        return more == 0
                ? text.toString()
                : text.append(" and ").append(more).append(" more").toString();
    }

    private static String held(long amount) {
        if (amount < 0) {
            return ", which it had leased";
        }
        return amount == 1
                ? ", the only one that it took"
                : ", the last " + Math.min(amount, KNOWN) + " of " + amount + " that it took";
    }
}
