/** Gives serializable tasks to a fixed number of child processes and brings their results back. */
@NullMarked
package dev.procession.pool;

import org.jspecify.annotations.NullMarked;
