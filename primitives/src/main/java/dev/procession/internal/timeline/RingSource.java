package dev.procession.internal.timeline;

import dev.procession.internal.memory.Memory;
import dev.procession.internal.record.Recorder;

/**
 * Where the ring of a process lies, and what the session knows of the process by itself.
 *
 * @param memory where the ring lies
 * @param offset in it
 * @param length at least the ring's
 * @param process taken where the ring itself does not say, because the process was killed too early
 */
public record RingSource(Memory memory, int offset, int length, Recorder.Writer process) {}
