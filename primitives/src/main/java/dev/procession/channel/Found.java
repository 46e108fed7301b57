package dev.procession.channel;

/**
 * An item that lay in a queue when it was looked at.
 *
 * @param seq its number
 * @param extentId where it lies
 * @param extentGen likewise
 * @param at likewise
 * @param bytes a copy of its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record Found(long seq, long extentId, long extentGen, long at, byte[] bytes) {}
