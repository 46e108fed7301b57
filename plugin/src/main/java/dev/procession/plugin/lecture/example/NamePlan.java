package dev.procession.plugin.lecture.example;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gives every file of T2 its place: the folder of its extension, and a name that nobody else has there. */
class NamePlan {
    private final Path sorted;
    private final Set<Path> taken = new HashSet<>();

    NamePlan(Path sorted) {
        this.sorted = sorted;
    }

    List<SortTree.Copy> of(List<Path> files) {
        List<SortTree.Copy> copies = new ArrayList<>();
        for (Path file : files) {
            copies.add(new SortTree.Copy(file.toString(), place(file).toString()));
        }
        return copies;
    }

    private Path place(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = name.substring(0, dot);
        String extension = name.substring(dot);
        Path folder = sorted.resolve(extension.substring(1));
        Path place = folder.resolve(name);
        for (int number = 2; !free(place); number++) {
            place = folder.resolve(stem + " (" + number + ")" + extension);
        }
        return place;
    }

    boolean free(Path place) {
        return taken.add(place);
    }
}
