package dev.procession.plugin.bundle.record;

import dev.procession.plugin.bundle.input.ScriptSource;
import dev.procession.plugin.work.FileName;
import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Whether files are what they were, by git's rule: size, time and identity are believed when the file was old enough
 * at the time of the record; otherwise the content decides. Not thread-safe.
 *
 * <p>"Old enough", because a file can be written again within one tick of the file system's clock, with the same size
 * and time as before. Two seconds is the coarsest tick in use (FAT).
 */
public final class Freshness implements AutoCloseable {
    public static final long SLACK_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** A kernel's clock for files lags behind the other one by a tick, which is 10 ms at most. */
    public static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A file system whose clock ticks in seconds shows it by times without fractions. */
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ScriptSource source = new ScriptSource();

    private final boolean alwaysHash;
    private final long recordNanos;
    private final long nowNanos;
    private boolean hashed;

    /**
     * @param alwaysHash whether only contents count
     * @param recordNanos when the recorded run began
     * @param nowNanos when this run began
     */
    public Freshness(boolean alwaysHash, long recordNanos, long nowNanos) {
        this.alwaysHash = alwaysHash;
        this.recordNanos = recordNanos;
        this.nowNanos = nowNanos;
    }

    /** A time before everything that this looks at. */
    public long nowNanos() {
        return nowNanos;
    }

    /**
     * Compares a file with its recorded state.
     *
     * @param location where the content is, see {@link ScriptSource}
     * @param now what the file system says
     * @return the state as of now if the content is the recorded one
     */
    public Optional<FileState> unchanged(FileState recorded, String location, FileStat now) throws IOException {
        boolean sameStat = now.equals(recorded.stat());
        if (sameStat && !alwaysHash && now.modifiedNanos() < recordNanos - SLACK_NANOS) {
            return Optional.of(recorded);
        }
        // A jar's size says nothing of an entry's.
        boolean file = !ScriptSource.isInJar(location);
        if (file && now.size() != recorded.stat().size()) {
            return Optional.empty();
        }
        hashed = true;
        return Sha256.of(source.read(location)).equals(recorded.sha256())
                ? Optional.of(new FileState(recorded.name(), now, recorded.sha256()))
                : Optional.empty();
    }

    /** Compares files with their recorded states, in which they may be missing; the states as of now if all are equal. */
    public Optional<List<FileState>> unchanged(List<FileState> recorded, Path base) throws IOException {
        List<FileState> now = new ArrayList<>();
        for (FileState state : recorded) {
            Path file = FileName.resolve(base, state.name());
            if (state.isMissing()) {
                if (Files.isRegularFile(file)) {
                    return Optional.empty();
                }
                now.add(state);
                continue;
            }
            Optional<FileState> same = unchanged(state, ScriptSource.ofFile(file), FileStat.of(file));
            if (same.isEmpty()) {
                return Optional.empty();
            }
            now.add(same.get());
        }
        return Optional.of(now);
    }

    /**
     * Compares outputs with their recorded states; the states as of now if all are equal. An output is always younger than
     * the beginning of the run that wrote it, so it is measured by when it was looked at afterwards.
     */
    public Optional<List<FileState>> untouched(BuildRecord.Bundle recorded, Path base) throws IOException {
        List<FileState> now = new ArrayList<>();
        for (FileState state : recorded.outputs()) {
            Path file = FileName.resolve(base, state.name());
            FileStat stat = FileStat.of(file);
            if (!isUntouched(state, file, stat, recorded.seenNanos())) {
                return Optional.empty();
            }
            now.add(new FileState(state.name(), stat, state.sha256()));
        }
        return Optional.of(now);
    }

    /** How much older than a look at it a file must be, to be believed, by its time. */
    public static long slack(long changedNanos) {
        return changedNanos % SECOND_NANOS == 0 ? SLACK_NANOS : TICK_NANOS;
    }

    /** Whether an output is as it was written. */
    public boolean isUntouched(FileState recorded, Path file, FileStat now, long seenNanos) throws IOException {
        boolean old = now.modifiedNanos() < seenNanos - slack(now.modifiedNanos());
        if (now.equals(recorded.stat()) && !alwaysHash && old) {
            return true;
        }
        if (now.size() != recorded.stat().size()) {
            return false;
        }
        hashed = true;
        return Checksum.of(file).equals(recorded.sha256());
    }

    /** Whether a directory's names are what they were, or a place that was empty still is. */
    public Optional<FileState> sameNames(FileState recorded, Path place, Path ignored, Set<String> moreEndings)
            throws IOException {
        if (recorded.sha256().equals(FileState.ABSENT)) {
            return Files.exists(place) ? Optional.empty() : Optional.of(recorded);
        }
        FileStat now = FileStat.of(place);
        if (now.equals(recorded.stat()) && !alwaysHash && now.modifiedNanos() < recordNanos - SLACK_NANOS) {
            return Optional.of(recorded);
        }
        hashed = true;
        return NameList.of(place, ignored, moreEndings).sha256().equals(recorded.sha256())
                ? Optional.of(new FileState(recorded.name(), now, recorded.sha256()))
                : Optional.empty();
    }

    /** Whether a content had to be looked at: then a new record spares that next time. */
    public boolean hashed() {
        return hashed;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
