package dev.procession.pool;

/**
 * An object that a worker is sent once, before the first task that needs it, and keeps.
 *
 * @param id of all in one pool
 * @param bytes the serialized object
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Knowledge(int id, byte[] bytes) {}
