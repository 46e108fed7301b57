package dev.procession.plugin.sort;

import java.util.ArrayList;
import java.util.List;

/** Cuts placements into tasks: large enough that handing them over costs little, small enough to share out. */
final class Batches {
    private static final int MOST_FILES = 256;
    private static final long MOST_BYTES = 16L << 20;

    /** So that the last worker to finish leaves the others idle for a fraction of the whole only. */
    private static final int TASKS_PER_WORKER = 4;

    private Batches() {}

    static List<List<Placement>> of(List<Placement> placements, int workers) {
        long bytes = placements.stream().mapToLong(Batches::size).sum();
        int shares = Math.max(1, workers) * TASKS_PER_WORKER;
        long mostBytes = Math.min(MOST_BYTES, bytes / shares + 1);
        int mostFiles = Math.min(MOST_FILES, placements.size() / shares + 1);
        List<List<Placement>> batches = new ArrayList<>();
        int begin = 0;
        long batchBytes = 0;
        for (int i = 0; i < placements.size(); i++) {
            long size = size(placements.get(i));
            if (i > begin && (i - begin >= mostFiles || batchBytes + size > mostBytes)) {
                batches.add(placements.subList(begin, i));
                begin = i;
                batchBytes = 0;
            }
            batchBytes += size;
        }
        if (begin < placements.size()) {
            batches.add(placements.subList(begin, placements.size()));
        }
        return batches;
    }

    private static long size(Placement placement) {
        return placement.file().stat().size();
    }
}
