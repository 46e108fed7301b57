/**
 * What became of an output, and how it gets back: undoes a run, verifies what was placed, forgets runs.
 */
@NullMarked
package dev.procession.plugin.sort.history;

import org.jspecify.annotations.NullMarked;
