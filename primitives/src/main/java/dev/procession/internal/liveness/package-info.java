/**
 * Who takes part in a session and who of them lives: slots with generations, locked files that the kernel releases when
 * a process is gone, and the facts about the dead. Asks nobody but the kernel, so it is right about zombies, reused pids
 * and other pid namespaces.
 */
@NullMarked
package dev.procession.internal.liveness;

import org.jspecify.annotations.NullMarked;
