/**
 * This process's part in a session: memory, liveness, waiting and the event record under one roof, and what every handle
 * of a shared object has in common.
 */
@NullMarked
package dev.procession.internal.participant;

import org.jspecify.annotations.NullMarked;
