/**
 * Draws the event record: a {@link dev.procession.timeline.Timeline} becomes a
 * {@link dev.procession.plugin.timeline.Picture}, and that a page for people, a trace for Perfetto, or lines on a
 * terminal. Knows no goal.
 */
@NullMarked
package dev.procession.plugin.timeline;

import org.jspecify.annotations.NullMarked;
