/**
 * Ways for values to go from process to process: {@link dev.procession.channel.Codec} says how a value becomes bytes, and
 * {@link dev.procession.channel.ProcessPipe} carries it.
 */
@NullMarked
package dev.procession.channel;

import org.jspecify.annotations.NullMarked;
