package dev.procession.shared;

import dev.procession.internal.memory.Memory;
import dev.procession.internal.participant.Participant;
import java.io.Serializable;
import java.nio.ByteBuffer;

/** The bytes of one object as one handle of it, with all its parts, has them. */
abstract sealed class Region permits BlockRegion, SegmentRegion {
    private final Participant participant;
    private final Memory memory;

    /** Plain: who closes sees it at once, and another thread after its next volatile access. */
    private boolean closed;

    Region(Participant participant, Memory memory) {
        this.participant = participant;
        this.memory = memory;
    }

    /** All its bytes. A thread that uses them keeps the region's memory from being freed: see {@link Memory#anchor}. */
    final Memory memory() {
        return memory;
    }

    final Participant participant() {
        return participant;
    }

    final void requireOpen() {
        if (closed || participant.hasLeft()) {
            throw refused();
        }
    }

    private IllegalStateException refused() {
        return new IllegalStateException(
                closed
                        ? label() + " was closed by this process: open or attach it again"
                        : label() + ": its session " + participant.directory() + " was closed by this process");
    }

    final boolean isClosed() {
        return closed || participant.isClosed();
    }

    final void close() {
        closed = true;
        detach();
    }

    /** Gives back what the handle holds; idempotent. */
    abstract void detach();

    /** What messages call it. */
    abstract String label();

    abstract String name();

    /** Some bytes in a buffer that keeps them from being freed as long as it, or a buffer made of it, is reachable. */
    abstract ByteBuffer buffer(int from, int length);

    /** What travels in its place. */
    abstract Form form();

    /** A region as it travels. */
    interface Form extends Serializable {
        /** Attaches where it arrived. */
        Region arrive();
    }
}
