/**
 * Unpacks the archives of an output, within limits and in child processes, since anybody may have made them.
 */
@NullMarked
package dev.procession.plugin.sort.archive;

import org.jspecify.annotations.NullMarked;
