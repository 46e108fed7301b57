package dev.procession.plugin.sort;

import dev.procession.plugin.work.FileStat;

/**
 * A file that was placed.
 *
 * @param key the raw name under which its source is known, see {@link SortPlaces#keyPrefix}
 * @param source what the source was like when it was copied
 * @param target the raw path of the copy, relative to the output
 * @param placed what the copy was like
 * @param sum the CRC-32C of the content
 * @param settled whether the source was old enough then for its size, time and identity to be believed: a file can be
 *     written again within one tick of the clock, and look the same
 */
record JournalEntry(String key, FileStat source, String target, FileStat placed, long sum, boolean settled) {}
