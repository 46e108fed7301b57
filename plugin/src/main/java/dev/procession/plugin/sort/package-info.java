/**
 * The engine of {@code sort-files}: {@link dev.procession.plugin.sort.SortRequest} in, work,
 * {@link dev.procession.plugin.sort.SortResult} out. One thread scans the source and plans every file's new name; tasks
 * (in child processes or in the build's JVM) copy batches of files under temporary names and publish whole ones; a
 * journal in the output remembers what was placed. Names are bytes, see {@link dev.procession.plugin.sort.RawName}. It
 * knows nothing of Maven: its classes are the children's class path.
 */
@NullMarked
package dev.procession.plugin.sort;

import org.jspecify.annotations.NullMarked;
