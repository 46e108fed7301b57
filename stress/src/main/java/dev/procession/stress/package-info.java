/**
 * Races for every protocol: two actors, each of them a participant of its own with its own mapping of the memory, do
 * their steps at the same time, again and again, and no result may be seen that the protocol forbids.
 */
@NullMarked
package dev.procession.stress;

import org.jspecify.annotations.NullMarked;
