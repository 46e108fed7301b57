/**
 * What cannot be sorted, and how it is told: every mistake of the user at once, and every file that was refused.
 */
@NullMarked
package dev.procession.plugin.sort.failure;

import org.jspecify.annotations.NullMarked;
