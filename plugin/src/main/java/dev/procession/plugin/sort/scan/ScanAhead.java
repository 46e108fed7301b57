package dev.procession.plugin.sort.scan;

import dev.procession.plugin.sort.failure.Failures;
import dev.procession.plugin.sort.store.Cursor;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Lets a thread of its own look at the source, some hundred files ahead of who plans: half of the time before the first
 * file is copied goes into asking the system. What is found, and what could not be read, comes in the order of the scan
 * all the same.
 */
public final class ScanAhead implements Cursor<SourceFile> {
    private static final int FILES_AT_A_TIME = 512;
    private static final int LOTS_AHEAD = 4;

    private final SourceScan scan;
    private final Failures failures;
    private final BlockingQueue<Lot> lots = new ArrayBlockingQueue<>(LOTS_AHEAD);
    private final Thread thread = new Thread(this::scan, "procession-sort-files-scan");
    private Deque<SourceFile> files = new ArrayDeque<>();
    private boolean started;
    private boolean atEnd;

    /** @param failures hears, on the thread that reads this, of what cannot be read */
    public ScanAhead(SourceScan scan, Failures failures) {
        this.scan = scan;
        this.failures = failures;
        thread.setDaemon(true);
    }

    /**
     * Some files, one after the other.
     *
     * @param failures what could not be read up to the last of them
     * @param last whether there are no more
     * @param thrown why there are no more, null when all is well
     */
    private record Lot(
            List<SourceFile> files,
            Failures failures,
            boolean last,
            @Nullable Throwable thrown) {}

    private void scan() {
        try {
            boolean last = false;
            while (!last) {
                List<SourceFile> found = new ArrayList<>(FILES_AT_A_TIME);
                Throwable thrown = null;
                try {
                    while (!last && found.size() < FILES_AT_A_TIME) {
                        SourceFile file = scan.next();
                        if (file == null) {
                            last = true;
                        } else {
                            found.add(file);
                        }
                    }
                } catch (Throwable e) {
                    thrown = e;
                    last = true;
                }
                lots.put(new Lot(found, scan.takeFailures(), last, thrown));
            }
        } catch (InterruptedException e) {
            // Nobody wants to know any more.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public @Nullable SourceFile next() throws IOException {
        if (!started) {
            started = true;
            thread.start();
        }
        while (files.isEmpty() && !atEnd) {
            take();
        }
        return files.poll();
    }

    private void take() throws IOException {
        Lot lot;
        try {
            lot = lots.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
        }
        failures.addAll(lot.failures());
        files = new ArrayDeque<>(lot.files());
        atEnd = lot.last();
        Throwable thrown = lot.thrown();
        if (thrown instanceof IOException io) {
            throw io;
        }
        if (thrown instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
    }

    @Override
    public void close() throws IOException {
        boolean interrupted = false;
        thread.interrupt();
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        scan.close();
    }
}
