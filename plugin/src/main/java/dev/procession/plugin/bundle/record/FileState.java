package dev.procession.plugin.bundle.record;

import dev.procession.plugin.work.FileStat;

/**
 * A file as it was when the record was made.
 *
 * @param name what it is called in the record
 * @param stat what the file system said of it
 * @param sha256 its content, in hexadecimal digits; of an output, its {@link Checksum}
 */
public record FileState(String name, FileStat stat, String sha256) {
    /** The sum of what is not there. */
    public static final String ABSENT = "-";

    /** A file that was looked for and was not there. */
    public static FileState missing(String name) {
        return new FileState(name, new FileStat(-1, 0, "-"), ABSENT);
    }

    boolean isMissing() {
        return stat.size() < 0;
    }
}
