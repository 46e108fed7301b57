/**
 * The two directories of a run, checked, and what sorting keeps for itself in the output: its own places, the locks
 * that keep others out, the marks of files that are not whole.
 */
@NullMarked
package dev.procession.plugin.sort.output;

import org.jspecify.annotations.NullMarked;
