package dev.procession.plugin.npm;

import dev.procession.plugin.work.FileName;
import dev.procession.plugin.work.FileStat;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The class directory of a module of the same build that is not packaged yet. Links in it are not followed. */
final class DirectoryContents implements Contents {
    private final Path directory;
    private final SortedMap<String, FileStat> files = new TreeMap<>();

    DirectoryContents(Path directory) throws IOException {
        this.directory = directory;
        add(WEBJARS);
        add(STATIC);
        if (!files.isEmpty()) {
            add(IMPORT_MAP);
        }
    }

    /** What the file system says of each file. */
    SortedMap<String, FileStat> files() {
        return files;
    }

    private void add(String place) throws IOException {
        Path root = directory.resolve(place);
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    files.put(FileName.of(directory, file), FileStat.of(attributes));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public SortedSet<String> names() {
        return new TreeSet<>(files.keySet());
    }

    @Override
    public InputStream open(String name) throws IOException {
        if (!files.containsKey(name)) {
            throw new FileNotFoundException(name);
        }
        return Files.newInputStream(FileName.resolve(directory, name));
    }

    @Override
    public Optional<InputStream> more() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
