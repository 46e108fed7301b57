/**
 * The engine of {@code sessions}: {@link dev.procession.plugin.session.SessionsRequest} in, a line for each session of
 * this user, {@link dev.procession.plugin.session.SessionsResult} out. What a session is, and which is dead, the library
 * knows.
 */
@NullMarked
package dev.procession.plugin.session;

import org.jspecify.annotations.NullMarked;
