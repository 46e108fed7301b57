/** Frames: typed messages and whole lines of text over one byte stream that other writers may write into. */
@NullMarked
package dev.procession.internal.wire;

import org.jspecify.annotations.NullMarked;
