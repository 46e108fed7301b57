package dev.procession.plugin.bundle;

import java.io.IOException;
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
 * @param key tells two files of one name apart (device and inode), or "-" where the file system has no such thing
 */
record FileStat(long size, long modifiedNanos, String key) {

    static FileStat of(BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return new FileStat(
                attributes.size(),
                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                key == null ? "-" : Objects.toString(key).replace(' ', '_'));
    }

    static FileStat of(Path file) throws IOException {
        return of(Files.readAttributes(file, BasicFileAttributes.class));
    }
}
