package dev.procession.plugin.sort;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What lies in the source: looked at once, by one thread, without following a link and without opening a file.
 *
 * @param files the regular files, in the order of the bytes of their paths
 * @param links how many symbolic links were passed by
 * @param specials how many pipes, sockets and devices were passed by
 * @param failures what could not be looked at, one line for each
 */
record SourceScan(List<SourceFile> files, int links, int specials, List<String> failures) {

    static SourceScan of(SortPlaces places, BuildLog log) throws IOException {
        Visitor visitor = new Visitor(places, log);
        Files.walkFileTree(places.source(), visitor);
        visitor.files.sort(Comparator.comparing(SourceFile::path));
        return new SourceScan(visitor.files, visitor.links, visitor.specials, visitor.failures);
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path source;
        private final Path output;
        private final @Nullable Object outputKey;
        private final BuildLog log;
        private final List<SourceFile> files = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();
        private int links;
        private int specials;

        Visitor(SortPlaces places, BuildLog log) throws IOException {
            this.source = places.source();
            this.output = places.output();
            this.outputKey =
                    Files.readAttributes(output, BasicFileAttributes.class).fileKey();
            this.log = log;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            // By identity too: the same directory can be mounted, or spelled, in another way.
            boolean own =
                    directory.equals(output) || (outputKey != null && Objects.equals(outputKey, attributes.fileKey()));
            return own ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                files.add(new SourceFile(RawName.of(source.relativize(file)), FileStat.of(attributes)));
            } else if (attributes.isSymbolicLink()) {
                links++;
                if (log.debugs()) {
                    log.debug("passed by, a symbolic link: " + RawName.shown(file));
                }
            } else {
                specials++;
                if (log.debugs()) {
                    log.debug("passed by, a pipe, socket or device: " + RawName.shown(file));
                }
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
            if (file.equals(source)) {
                throw new SortFailedException("<source>: " + RawName.shown(source) + " cannot be read: "
                        + Reason.of(cause) + "; change its permissions");
            }
            failures.add(RawName.shown(file) + " cannot be read: " + Reason.of(cause));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException cause) {
            if (cause != null) {
                failures.add(RawName.shown(directory) + " cannot be read to its end: " + Reason.of(cause));
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
