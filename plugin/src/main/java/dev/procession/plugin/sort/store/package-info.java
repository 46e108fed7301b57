/**
 * What would not fit into memory for a million files, or has to outlive the process: records in blocks, sorted and
 * spilled lists, sets of numbers.
 */
@NullMarked
package dev.procession.plugin.sort.store;

import org.jspecify.annotations.NullMarked;
