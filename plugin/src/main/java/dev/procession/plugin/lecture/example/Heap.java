package dev.procession.plugin.lecture.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The tree of T2: thirty-two files in three folders and above them, two of them of one name. */
final class Heap {
    private final Path root;

    Heap(Path root) throws IOException {
        this.root = root;
        for (String folder : List.of("", "a", "b")) {
            Files.createDirectories(root.resolve(folder));
            for (int number = 0; number < 10; number++) {
                String name = "file-" + folder + number
                        + List.of(".txt", ".js", ".png").get(number % 3);
                Files.writeString(root.resolve(folder).resolve(name), "content of " + name);
            }
        }
        Files.writeString(root.resolve("a/notes.txt"), "notes of a");
        Files.writeString(root.resolve("b/notes.txt"), "notes of b");
    }

    List<Path> files() throws IOException {
        return filesIn(root);
    }

    static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    static List<String> namesIn(Path folder) throws IOException {
        return filesIn(folder).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    /** A witness: what is in the files, whatever they are called. */
    static Set<String> contents(List<Path> files) throws IOException {
        Set<String> contents = new TreeSet<>();
        for (Path file : files) {
            contents.add(Files.readString(file));
        }
        return contents;
    }
}
