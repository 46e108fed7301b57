package dev.procession.plugin.sort.copy;

import dev.procession.plugin.work.LastChange;
import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which directories of the source hold the entries that the scan has seen. A pipe that takes the place of a file changes
 * its directory, so one look at that stands for a look at each of its files. For the files of a directory one after the
 * other, and for one thread.
 *
 * <p>Asks when the directory was changed by the system's own record (ctime), which nobody can set back.
 */
public final class SettledFolders {
    /** A look is believed for so long: some hundred small files are copied in this time. */
    private static final long BELIEVED_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final long settledNanos;
    private @Nullable Path folder;
    private boolean looked;
    private boolean settled;
    private long lookedAt;

    /** @param settledNanos what was changed last before this moment is as the scan has seen it */
    public SettledFolders(long settledNanos) {
        this.settledNanos = settledNanos;
    }

    /** Whether a file cannot have become another one since the scan. Of the first file of a directory nothing is known. */
    boolean holds(Path file) {
        Path its = file.getParent();
        if (!LastChange.IS_RECORDED || its == null) {
            return false;
        }
        if (!its.equals(folder)) {
            // A look at the directory is worth it only when there are more files in it.
            folder = its;
            looked = false;
            return false;
        }
        long now = System.nanoTime();
        if (!looked || now - lookedAt > BELIEVED_NANOS) {
            looked = true;
            lookedAt = now;
            settled = isSettled(its);
        }
        return settled;
    }

    private boolean isSettled(Path directory) {
        try {
            return LastChange.recordedNanos(directory, LinkOption.NOFOLLOW_LINKS) < settledNanos;
        } catch (IOException e) {
            return false;
        }
    }
}
