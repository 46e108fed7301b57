package dev.procession.internal.record;

/**
 * A whole event as it stood in a ring.
 *
 * @param sequence its place in the order of all processes
 * @param nanos the writer's {@link System#nanoTime()}
 * @param thread the writer's thread id, its low 24 bits
 * @param kind of {@link EventCode}, or unknown to this version
 * @param object what it is about, 0 for nothing
 * @param value what the kind says
 */
public record RingEvent(long sequence, long nanos, int thread, int kind, long object, long value) {}
