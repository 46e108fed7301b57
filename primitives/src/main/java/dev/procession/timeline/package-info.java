/**
 * What happened in the processes of a session, in one order: who waited for what, who got it, who woke whom. A
 * {@link dev.procession.timeline.Timeline} is a snapshot of the records that the processes write, dead ones too.
 */
@NullMarked
package dev.procession.timeline;

import org.jspecify.annotations.NullMarked;
