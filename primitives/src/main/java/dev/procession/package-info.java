/**
 * The exceptions that every package shares, {@link dev.procession.Waitable}, and the tour:
 *
 * <ul>
 *   <li>{@link dev.procession.process} starts children, waits for them and ends them;
 *   <li>{@link dev.procession.pool} gives tasks to a group of them;
 *   <li>{@link dev.procession.session} is the shared memory in which what follows is made;
 *   <li>{@link dev.procession.sync} has locks, conditions, events, semaphores and barriers;
 *   <li>{@link dev.procession.shared} has numbers, arrays, bytes, records and lists;
 *   <li>{@link dev.procession.channel} has queues and pipes, and connections to other programs and machines;
 *   <li>{@link dev.procession.manager} keeps objects for others in a process of its own;
 *   <li>{@link dev.procession.timeline} is what all of them did, in order.
 * </ul>
 */
@NullMarked
package dev.procession;

import org.jspecify.annotations.NullMarked;
