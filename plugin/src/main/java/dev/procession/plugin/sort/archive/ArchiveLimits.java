package dev.procession.plugin.sort.archive;

import java.io.Serializable;

/**
 * What an archive may unpack to. One that wants more is refused as a whole.
 *
 * @param entries how many files and folders
 * @param bytes how many bytes
 * @param ratio how many times its own size; counts from {@link #RATIO_FROM} bytes on
 * @param nesting how deep archives in archives are unpacked: 1 for the archive itself only
 */
public record ArchiveLimits(long entries, long bytes, int ratio, int nesting) implements Serializable {

    /** A small file of zeros is no attack. */
    static final long RATIO_FROM = 64L << 20;

    /** Folders in folders, in one archive. */
    static final int FOLDERS = 64;

    public static final ArchiveLimits DEFAULT = new ArchiveLimits(100_000, 16L << 30, 250, 1);
}
