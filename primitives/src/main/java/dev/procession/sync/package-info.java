/**
 * Locks, conditions, events, semaphores and barriers of processes. They work between the threads of one process in the
 * same way. Where somebody dies, nobody hangs: each type says what happens then.
 *
 * <p>Memory consistency effects: what a thread did before it released, signalled, set or arrived is seen by whoever
 * acquired, was woken or passed because of it, for shared memory of the same session too.
 */
@NullMarked
package dev.procession.sync;

import org.jspecify.annotations.NullMarked;
