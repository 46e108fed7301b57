/**
 * What is remembered of runs: what each was about to do and has done, and all of them merged into what is known of
 * every file.
 */
@NullMarked
package dev.procession.plugin.sort.journal;

import org.jspecify.annotations.NullMarked;
