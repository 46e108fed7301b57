package dev.procession.plugin.work;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/**
 * When anything of a file changed last: its content, or which file has its name. The time of the content alone does not
 * tell that an older file was moved to where this one was.
 */
public final class LastChange {
    /** Whether the system itself records when anything of a file changed (ctime), which nobody can set back. */
    public static final boolean IS_RECORDED =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

    private LastChange() {}

    /**
     * Looks at a file; links are followed.
     *
     * @param file a file
     * @return the latest of its times, in nanoseconds since the epoch. On Windows, where nothing is known of moves, when it
     *     was written or made
     * @throws IOException when it does not exist or cannot be looked at
     */
    public static long nanos(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        long latest = Math.max(nanos(attributes.lastModifiedTime()), nanos(attributes.creationTime()));
        return IS_RECORDED ? Math.max(latest, recordedNanos(file)) : latest;
    }

    /**
     * Looks at what the system recorded alone; only where it does so.
     *
     * @param file a file
     * @param links whether a link is followed
     * @return when anything of it changed last, in nanoseconds since the epoch
     * @throws IOException when it does not exist or cannot be looked at
     */
    public static long recordedNanos(Path file, LinkOption... links) throws IOException {
        return nanos((FileTime) Files.getAttribute(file, "unix:ctime", links));
    }

    private static long nanos(FileTime time) {
        return time.to(TimeUnit.NANOSECONDS);
    }
}
