package dev.procession.plugin.report;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells how far work has come: on a terminal in a line that is written over, elsewhere in a line of the log every five
 * seconds at most, so that short work says nothing. Costs a comparison where nothing is told. Any thread may add to it.
 */
public final class Progress implements AutoCloseable {
    private static final long LOG_EVERY_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long LIVE_EVERY_NANOS = Duration.ofMillis(200).toNanos();

    /** What a small file costs beside its bytes, as bytes: files and bytes together say how much is left. */
    private static final long BYTES_PER_FILE = 64 << 10;

    private final String what;
    private final long totalFiles;
    private final long totalBytes;
    private final BuildLog log;
    private final @Nullable LiveLine live;
    private final LongSupplier clock;
    private final long began;
    private long told;
    private long files;
    private long bytes;

    /**
     * Begins now.
     *
     * @param what the work, such as {@code sorting}
     * @param totalFiles how many files there are to be worked on; 0 when nobody knows
     * @param totalBytes how large they are; 0 when nobody knows
     * @param log gets the lines where there is no terminal
     * @param live the terminal's line, or null
     */
    public Progress(String what, long totalFiles, long totalBytes, BuildLog log, @Nullable LiveLine live) {
        this(what, totalFiles, totalBytes, log, live, System::nanoTime);
    }

    Progress(String what, long totalFiles, long totalBytes, BuildLog log, @Nullable LiveLine live, LongSupplier clock) {
        this.what = what;
        this.totalFiles = totalFiles;
        this.totalBytes = totalBytes;
        this.log = log;
        this.live = live;
        this.clock = clock;
        this.began = clock.getAsLong();
        this.told = began;
    }

    /**
     * Some of the work is done.
     *
     * @param moreFiles how many files
     * @param moreBytes how large they are
     */
    public synchronized void add(long moreFiles, long moreBytes) {
        files += moreFiles;
        bytes += moreBytes;
        long now = clock.getAsLong();
        if (now - told >= (live == null ? LOG_EVERY_NANOS : LIVE_EVERY_NANOS)) {
            told = now;
            if (live == null) {
                log.info(line(now));
            } else {
                live.show(line(now));
            }
        }
    }

    private String line(long now) {
        double seconds = Math.max(1, now - began) / 1e9;
        StringBuilder line = new StringBuilder(what).append(": ").append(Amount.number(files));
        if (totalFiles > 0) {
            line.append(" of ").append(Amount.of(totalFiles, "file"));
        } else {
            line.append(files == 1 ? " file" : " files");
        }
        // A line of a terminal has no room for it.
        if (totalBytes > 0 && live == null) {
            line.append(", ").append(Amount.bytes(bytes)).append(" of ").append(Amount.bytes(totalBytes));
        }
        line.append(", ").append(Amount.number(Math.round(files / seconds))).append(" files/s");
        line.append(String.format(Locale.ROOT, ", %.1f MB/s", bytes / seconds / 1e6));
        double share = share();
        if (share > 0.005) {
            line.append(", ")
                    .append(left(Math.round(seconds * (1 - share) / share)))
                    .append(" left");
        }
        return line.toString();
    }

    private double share() {
        if (totalFiles == 0) {
            return 0;
        }
        double whole = (double) totalBytes + totalFiles * (double) BYTES_PER_FILE;
        return Math.min(1, (bytes + files * (double) BYTES_PER_FILE) / whole);
    }

    private static String left(long seconds) {
        return seconds < 60
                ? seconds + " s"
                : seconds < 3600
                        ? seconds / 60 + " min " + seconds % 60 + " s"
                        : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    /** Takes the line on the terminal away. */
    @Override
    public synchronized void close() {
        if (live != null) {
            live.clear();
        }
    }
}
