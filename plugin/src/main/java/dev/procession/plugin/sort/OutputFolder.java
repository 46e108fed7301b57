package dev.procession.plugin.sort;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One folder of the output, while names in it are given out: which are taken, by whomever. */
final class OutputFolder {
    private final String name;
    private final Path path;
    private final NameFolding folding;
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> nextNumbers = new HashMap<>();
    private final @Nullable String obstacle;

    private OutputFolder(String name, Path path, NameFolding folding) {
        this.name = name;
        this.path = path;
        this.folding = folding;
        this.obstacle = look();
    }

    static OutputFolder of(SortPlaces places, String name, NameFolding folding) {
        return new OutputFolder(name, RawName.resolve(places.output(), name), folding);
    }

    private @Nullable String look() {
        if (Files.isSymbolicLink(path)) {
            // What is behind it is not the output: it may be the source.
            return RawName.shown(path) + " is a symbolic link; remove it, or name another <output>";
        }
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                    ? RawName.shown(path) + " is a file where a folder is needed; move it away"
                    : null;
        }
        try {
            list(taken);
            return null;
        } catch (IOException e) {
            return RawName.shown(path) + " cannot be read: " + Reason.of(e);
        }
    }

    /** Adds the folding keys of the names in it. */
    void list(Set<String> keys) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                Path last = entry.getFileName();
                if (last != null) {
                    keys.add(folding.key(RawName.of(last)));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Why nothing can be put into it; null when it can. */
    @Nullable
    String obstacle() {
        return obstacle;
    }

    Path path() {
        return path;
    }

    /** The raw path of a file in it, relative to the output. */
    String target(String file) {
        return name + "/" + file;
    }

    String key(String file) {
        return folding.key(file);
    }

    /** Takes a name, unless it is taken. */
    boolean take(String file) {
        return taken.add(folding.key(file));
    }

    /** Takes the next free name for a file whose own is taken: the first number that is free, from 2 on. */
    String takeNumbered(String file) {
        String key = folding.key(file);
        for (int number = nextNumbers.getOrDefault(key, 2); ; number++) {
            String numbered = NumberedName.of(file, number);
            if (take(numbered)) {
                nextNumbers.put(key, number + 1);
                return numbered;
            }
        }
    }
}
