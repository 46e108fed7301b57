/**
 * The engine of {@code sort-files}: {@link dev.procession.plugin.sort.SortRequest} in, work, {@link
 * dev.procession.plugin.sort.SortResult} out. The source is scanned in order, and every file's new name is planned
 * before anything is copied; tasks (on threads of the build's JVM, and in child processes) copy batches of files under
 * their final names, marked until they are whole; a journal in the output remembers what was placed. Here all of this
 * is put together; the packages below are the parts. It knows nothing of Maven: its classes are the children's class
 * path.
 */
@NullMarked
package dev.procession.plugin.sort;

import org.jspecify.annotations.NullMarked;
