/**
 * Looks through the source, in the order of the bytes of the paths, and ahead of those who ask.
 */
@NullMarked
package dev.procession.plugin.sort.scan;

import org.jspecify.annotations.NullMarked;
