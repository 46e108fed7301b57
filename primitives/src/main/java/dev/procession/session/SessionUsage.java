package dev.procession.session;

/**
 * What a session's memory holds. Objects whose last handle was closed within the last half second may count.
 *
 * @param objects the objects that are there
 * @param usedBytes what they take, headers included
 * @param freeBytes what is left in the segments that are there
 * @param segments the number of segments; they grow in number, never in size
 */
public record SessionUsage(int objects, long usedBytes, long freeBytes, int segments) {}
