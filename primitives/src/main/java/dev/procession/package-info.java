/**
 * The exceptions that every package shares, and the tour: {@link dev.procession.process} starts children,
 * {@link dev.procession.pool} gives tasks to a group of them.
 */
@NullMarked
package dev.procession;

import org.jspecify.annotations.NullMarked;
