/**
 * Ways for values to go from process to process: {@link dev.procession.channel.Codec} says how a value becomes bytes.
 * {@link dev.procession.channel.ProcessQueue} and {@link dev.procession.channel.ProcessPipe} carry it through a session's memory;
 * {@link dev.procession.channel.Connection} and {@link dev.procession.channel.Listener} over sockets of this machine and over
 * TCP, between processes that know a common key.
 */
@NullMarked
package dev.procession.channel;

import org.jspecify.annotations.NullMarked;
