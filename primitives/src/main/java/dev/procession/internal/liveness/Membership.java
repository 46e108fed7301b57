package dev.procession.internal.liveness;

import java.io.IOException;

/** This process's row in the table of a session, for as long as it holds its locked file. */
public final class Membership implements AutoCloseable {
    private final ProcessTable table;
    private final long owner;
    private final AliveFile file;

    Membership(ProcessTable table, long owner, AliveFile file) {
        this.table = table;
        this.owner = owner;
        this.file = file;
    }

    /** {@return the word that stands for this process in shared words} */
    public long owner() {
        return owner;
    }

    /** Leaves: whatever this process still holds is treated as a dead one's. */
    @Override
    public void close() throws IOException {
        table.ending(owner);
        table.markDead(owner);
        file.close();
    }
}
