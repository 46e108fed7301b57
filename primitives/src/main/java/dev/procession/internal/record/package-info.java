/**
 * The event record as bytes: a ring of events for each process, its one writer, and a reader that takes no torn event.
 * Knows memory alone; what the events mean stands in {@code dev.procession.timeline}.
 */
@NullMarked
package dev.procession.internal.record;

import org.jspecify.annotations.NullMarked;
