package dev.procession.plugin.watch;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A number that changes when a file below some directories is written, made or removed. */
final class SourceStamp {
    private SourceStamp() {}

    static long of(List<Path> directories) {
        Sum sum = new Sum();
        for (Path directory : directories) {
            try {
                // A directory that is a link would be looked at as a file.
                Files.walkFileTree(directory.toRealPath(), sum);
            } catch (IOException e) {
                // None, none any more, or none that may be read, which the build tells of.
            }
        }
        return sum.value;
    }

    private static final class Sum extends SimpleFileVisitor<Path> {
        private long value = 17;

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return directory.endsWith("node_modules") || directory.endsWith(".git")
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            long one = file.hashCode() * 31L
                    + attributes.size() * 127L
                    + attributes.lastModifiedTime().toMillis();
            // A sum: the order in which a file system lists names does not matter.
            value += one * 0x9E3779B97F4A7C15L;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }
}
