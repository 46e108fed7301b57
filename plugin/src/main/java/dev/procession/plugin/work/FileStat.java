package dev.procession.plugin.work;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What the file system says of a file without opening it.
 *
 * @param size bytes
 * @param modifiedNanos when the content changed last, since the epoch
 * @param key tells two files of one name apart (device and inode), or "-" where the file system has no such thing;
 *     holds no blank
 */
public record FileStat(long size, long modifiedNanos, String key) implements Serializable {

    // By hand: the comparison that the JDK makes for records costs a JVM that has just started 22 ms, and every build
    // that finds nothing to do compares these.
    @Override
    public boolean equals(Object other) {
        return other instanceof FileStat stat
                && size == stat.size
                && modifiedNanos == stat.modifiedNanos
                && key.equals(stat.key);
    }

    @Override
    public int hashCode() {
        return (Long.hashCode(size) * 31 + Long.hashCode(modifiedNanos)) * 31 + key.hashCode();
    }

    /**
     * From attributes that were read already.
     *
     * @param attributes a file's attributes
     * @return what they say
     */
    public static FileStat of(BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return new FileStat(
                attributes.size(),
                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                key == null ? "-" : Objects.toString(key).replace(' ', '_'));
    }

    /**
     * Looks at a file; links are followed.
     *
     * @param file a file
     * @return what the file system says of it
     * @throws IOException when it does not exist or cannot be looked at
     */
    public static FileStat of(Path file) throws IOException {
        return of(Files.readAttributes(file, BasicFileAttributes.class));
    }
}
