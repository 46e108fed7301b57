package dev.procession.plugin.npm;

import dev.procession.plugin.work.FileName;
import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the file system says of a source, without its content being read.
 *
 * @param path the source, escaped
 * @param stat size, time and identity of a jar; of a class directory, a hash over those of its package files;
 *     {@link #NOTHING} when there is nothing that could hold packages
 * @param modifiedNanos when it changed last, since the epoch
 */
record SourceState(String path, String stat, long modifiedNanos) {
    static final String NOTHING = "-";
    /** A file can be written again within one tick of the file system's clock; two seconds is the coarsest in use (FAT). */
    private static final long SLACK_NANOS = TimeUnit.SECONDS.toNanos(2);

    static SourceState of(Path source) throws IOException {
        String path = Escaped.of(FileName.portable(source));
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(source, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            // The class directory of a module that has no classes.
            return new SourceState(path, NOTHING, Long.MIN_VALUE);
        }
        if (attributes.isDirectory()) {
            return ofDirectory(path, source);
        }
        FileStat stat = FileStat.of(attributes);
        return path.endsWith(".jar")
                ? new SourceState(path, text(stat), stat.modifiedNanos())
                : new SourceState(path, NOTHING, Long.MIN_VALUE);
    }

    private static SourceState ofDirectory(String path, Path directory) throws IOException {
        try (DirectoryContents contents = new DirectoryContents(directory)) {
            if (contents.files().isEmpty()) {
                return new SourceState(path, NOTHING, Long.MIN_VALUE);
            }
            Hash hash = new Hash();
            long latest = Long.MIN_VALUE;
            for (Map.Entry<String, FileStat> file : contents.files().entrySet()) {
                hash.add(file.getKey()).add(text(file.getValue()));
                latest = Math.max(latest, file.getValue().modifiedNanos());
            }
            return new SourceState(path, hash.name(), latest);
        }
    }

    private static String text(FileStat stat) {
        return stat.size() + "," + stat.modifiedNanos() + "," + Escaped.of(stat.key());
    }

    /** Whether nothing can have changed unseen since somebody looked, by git's rule. */
    boolean wasOldAt(long nanos) {
        return stat.equals(NOTHING) || modifiedNanos < nanos - SLACK_NANOS;
    }
}
