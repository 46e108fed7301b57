package dev.procession.plugin.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a user asked for.
 *
 * @param directory where sessions are made; null or blank for the place where the library makes them
 * @param clean whether dead sessions are removed
 * @param now what ages are counted to
 */
public record SessionsRequest(@Nullable String directory, boolean clean, Instant now) {}
