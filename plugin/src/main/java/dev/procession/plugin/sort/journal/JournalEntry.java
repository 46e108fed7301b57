package dev.procession.plugin.sort.journal;

import dev.procession.plugin.sort.output.SortPlaces;
import dev.procession.plugin.work.FileStat;

/**
 * A file that was placed.
 *
 * @param key the raw name under which its source is known, see {@link SortPlaces#keyPrefix}
 * @param source what the source was like when it was placed
 * @param target the raw path of the copy, relative to the output
 * @param placed what the copy was like; its identity is "?" where nobody looked
 * @param sum the CRC-32C of the content, or {@link #NO_SUM} where it was not read
 * @param settled whether the source was old enough then for its size, time and identity to be believed: a file can be
 *     written again within one tick of the clock, and look the same
 * @param how how it came there
 */
public record JournalEntry(
        String key, FileStat source, String target, FileStat placed, long sum, boolean settled, How how) {

    public static final long NO_SUM = -1;

    private static final String MOVED = "\u0001moved/";

    /**
     * The name under which it is remembered. A file that was moved is not remembered by its source: what lies there later
     * is another file.
     */
    public String memoryKey() {
        return how == How.MOVED ? MOVED + target : key;
    }

    public boolean hasSum() {
        return sum != NO_SUM;
    }
}
