package dev.procession.plugin.sort.plan;

import dev.procession.plugin.sort.store.Cursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Cuts placements into tasks: large enough that handing them over costs little, small enough to share out. */
public final class Batches {
    private static final int MOST_FILES = 256;
    private static final long MOST_BYTES = 16L << 20;

    /** So that the last worker to finish leaves the others idle for a fraction of the whole only. */
    private static final int TASKS_PER_WORKER = 4;

    private final Cursor<Placement> placements;
    private final long mostBytes;
    private final int mostFiles;
    private boolean atEnd;
    private List<Placement> next = new ArrayList<>();
    private long nextBytes;

    /**
     * @param files how many there are
     * @param bytes how large they are together
     */
    public Batches(Cursor<Placement> placements, long files, long bytes, int workers) {
        int shares = Math.max(1, workers) * TASKS_PER_WORKER;
        this.placements = placements;
        this.mostBytes = Math.min(MOST_BYTES, bytes / shares + 1);
        this.mostFiles = (int) Math.min(MOST_FILES, files / shares + 1);
    }

    /** How many tasks it takes, about. */
    static long tasks(long files, long bytes) {
        return Math.max(files / MOST_FILES, bytes / MOST_BYTES) + 1;
    }

    /** The next task; empty at the end. */
    public List<Placement> next() throws IOException {
        while (!atEnd) {
            Placement placement = placements.next();
            if (placement == null) {
                atEnd = true;
                break;
            }
            long size = placement.file().stat().size();
            boolean full = !next.isEmpty() && (next.size() >= mostFiles || nextBytes + size > mostBytes);
            if (full) {
                List<Placement> batch = next;
                next = new ArrayList<>();
                next.add(placement);
                nextBytes = size;
                return batch;
            }
            next.add(placement);
            nextBytes += size;
        }
        List<Placement> last = next;
        next = List.of();
        return last;
    }
}
