package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A project directory that one test owns, below {@code it/target/builds}.
 *
 * @param root the directory with the pom
 */
record ProjectCopy(Path root) {
    static final String BUNDLE = "target/classes/META-INF/resources/shop.js";

    /** An empty directory; what an earlier run left there is gone. */
    static ProjectCopy empty(String name) throws IOException {
        Path root = Surroundings.directory().resolve("builds").resolve(name);
        if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> all = Files.walk(root)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        // Maven looks for this folder upwards: without it the builds would take the options of this repository.
        Files.createDirectories(root.resolve(".mvn"));
        return new ProjectCopy(root);
    }

    /** A copy of the storefront, without what builds have made of it. */
    static ProjectCopy storefront(String name) throws IOException {
        ProjectCopy copy = empty(name);
        copy.addStorefront("");
        return copy;
    }

    /** Copies the storefront into a folder of this project. */
    void addStorefront(String folder) throws IOException {
        Path from = Surroundings.samples().resolve("storefront");
        Path to = path(folder);
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (directory.equals(from.resolve("target"))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(directory).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    Path path(String relative) {
        return root.resolve(relative);
    }

    Path bundle() {
        return path(BUNDLE);
    }

    String read(String relative) throws IOException {
        return Files.readString(path(relative), StandardCharsets.UTF_8);
    }

    void write(String relative, String text) throws IOException {
        Path file = path(relative);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    /** Changes a file, and fails when that changes nothing: the sample has moved on and the test has not. */
    void edit(String relative, UnaryOperator<String> change) throws IOException {
        String before = read(relative);
        String after = change.apply(before);
        assertNotEquals(before, after, relative);
        write(relative, after);
    }

    void replace(String relative, String old, String replacement) throws IOException {
        edit(relative, text -> text.replace(old, replacement));
    }

    /** A file's identity and time as text: equal as long as nobody has written or replaced it. */
    static String stamp(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        FileTime modified = attributes.lastModifiedTime();
        return modified.toInstant() + " " + attributes.size() + " " + attributes.fileKey();
    }

    /** Every file below {@code target}, with its stamp. */
    Map<String, String> targetFiles() throws IOException {
        Map<String, String> files = new TreeMap<>();
        Path target = path("target");
        if (Files.exists(target)) {
            try (Stream<Path> all = Files.walk(target)) {
                List<Path> found = all.filter(path -> !Files.isDirectory(path)).toList();
                for (Path file : found) {
                    files.put(target.relativize(file).toString().replace('\\', '/'), stamp(file));
                }
            }
        }
        return files;
    }
}
