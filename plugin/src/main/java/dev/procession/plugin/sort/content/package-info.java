/**
 * What is in a file, and when a photo was taken: read in child processes, since anybody may have made it.
 */
@NullMarked
package dev.procession.plugin.sort.content;

import org.jspecify.annotations.NullMarked;
