/**
 * Puts files under their final names in tasks, marked until they are whole; and tells what is there from what was put
 * there, also after a kill.
 */
@NullMarked
package dev.procession.plugin.sort.copy;

import org.jspecify.annotations.NullMarked;
