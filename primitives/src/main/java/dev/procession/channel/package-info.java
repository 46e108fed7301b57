/**
 * Messages between processes: {@link dev.procession.channel.Connection} and {@link dev.procession.channel.Listener} carry
 * them over sockets of this machine and over TCP, between processes that know a common key.
 */
@NullMarked
package dev.procession.channel;

import org.jspecify.annotations.NullMarked;
