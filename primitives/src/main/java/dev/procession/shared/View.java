package dev.procession.shared;

import dev.procession.internal.memory.Memory;
import dev.procession.internal.participant.Participant;

/** A handle of a region, or of a part of one. */
abstract class View extends Handle {
    private static final long serialVersionUID = 1L;

    final transient Region region;
    final transient Memory memory; // the region's: a load less on the way to the bytes
    final transient int base;
    private final transient boolean part;

    /**
     * A handle.
     *
     * @param region its bytes
     * @param base the first of them that it is about
     * @param part whether another handle of this region exists, with which this one is closed
     */
    View(Region region, int base, boolean part) {
        this.region = region;
        this.memory = region.memory();
        this.base = base;
        this.part = part;
    }

    @Override
    public final String name() {
        return region.name();
    }

    @Override
    public final boolean isClosed() {
        return region.isClosed();
    }

    @Override
    public final void close() {
        if (!part) {
            region.close();
        }
    }

    @Override
    final Participant participant() {
        return region.participant();
    }

    final ViewForm form(ViewKind kind, int length) {
        region.requireOpen();
        return new ViewForm(region.form(), kind, base, length);
    }
}
