/**
 * Bytes that several processes map: mapped segments, field access by memory mode, and the heap of blocks in them. Knows
 * nothing of processes beyond the 46-bit identity that a block's owner is tagged with.
 */
@NullMarked
package dev.procession.internal.memory;

import org.jspecify.annotations.NullMarked;
