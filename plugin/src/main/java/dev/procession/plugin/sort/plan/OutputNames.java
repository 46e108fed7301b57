package dev.procession.plugin.sort.plan;

import dev.procession.plugin.sort.failure.Failures;
import dev.procession.plugin.sort.failure.Reason;
import dev.procession.plugin.sort.name.NameFolding;
import dev.procession.plugin.sort.name.NameHash;
import dev.procession.plugin.sort.name.NameSet;
import dev.procession.plugin.sort.name.NumberedName;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.SortPlaces;
import dev.procession.plugin.work.TaskRunner;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which names in the folders of the output are taken, by whomever, while names are given out. Folders are looked into when
 * the first file wants to go there. Keeps hashes of the names, and of folders the name.
 */
public final class OutputNames {
    /** Up to here numbers are tried anew for each file; few names have more. */
    private static final int FEW = 16;

    /** A disk that needs longer than this to list a folder is as good as gone. */
    private static final Duration LIMIT = Duration.ofHours(1);

    private final SortPlaces places;
    private final NameFolding folding;
    private final NameSet taken = new NameSet();
    private final Map<Long, Integer> nextNumbers = new HashMap<>();
    private final Map<String, Folder> folders = new HashMap<>();

    public OutputNames(SortPlaces places, NameFolding folding) {
        this.places = places;
        this.folding = folding;
    }

    private static final class Folder {
        final String key;

        @Nullable
        String obstacle;

        boolean used;

        Folder(String key) {
            this.key = key;
        }
    }

    /** Why nothing can be put into a folder, after a look at it; null when it can. */
    @Nullable
    String obstacle(String folder) {
        return folder(folder).obstacle;
    }

    private Folder folder(String name) {
        Folder known = folders.get(name);
        if (known != null) {
            return known;
        }
        Folder folder = new Folder(folding.key(name));
        int slash = name.lastIndexOf('/');
        folder.obstacle = slash < 0 ? null : obstacle(name.substring(0, slash));
        if (folder.obstacle == null) {
            folder.obstacle = look(folder.key, path(name));
        }
        folders.put(name, folder);
        return folder;
    }

    private @Nullable String look(String key, Path path) {
        boolean isDirectory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        if (Files.isSymbolicLink(path)) {
            // What is behind it is not the output: it may be the source.
            return RawName.shown(path) + " is a symbolic link; remove it, or name another <output>";
        }
        if (!isDirectory && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return RawName.shown(path) + " is a file where a folder is needed; move it away";
        }
        // No file gets the name of a folder.
        taken.add(NameHash.of(key));
        if (!isDirectory) {
            return null;
        }
        try {
            list(path, name -> taken.add(NameHash.of(key, folding.key(name))));
            return null;
        } catch (IOException e) {
            return RawName.shown(path) + " cannot be read: " + Reason.of(e);
        }
    }

    private interface NameTaker {
        void take(String name);
    }

    private static void list(Path folder, NameTaker taker) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                Path last = entry.getFileName();
                if (last != null) {
                    taker.take(RawName.of(last));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    public Path path(String folder) {
        return RawName.resolve(places.output(), folder);
    }

    long hash(String folder, String name) {
        return NameHash.of(folder(folder).key, folding.key(name));
    }

    /** Takes a name, unless it is taken. */
    boolean take(String folder, String name) {
        return taken.add(hash(folder, name));
    }

    boolean isTaken(String folder, String name) {
        return taken.contains(hash(folder, name));
    }

    /** Takes the next free name for a file whose own is taken: the first number that is free, from 2 on. */
    public String takeNumbered(String folder, String name) {
        long hash = hash(folder, name);
        int number = nextNumbers.getOrDefault(hash, 2);
        String numbered = NumberedName.of(name, number);
        while (!take(folder, numbered)) {
            numbered = NumberedName.of(name, ++number);
        }
        if (number >= FEW) {
            nextNumbers.put(hash, number + 1);
        }
        return numbered;
    }

    /** A file is there now, and must be in the end; whether it was not one of those before. */
    public boolean expect(String target) {
        int slash = target.lastIndexOf('/');
        Folder folder = folder(target.substring(0, slash));
        folder.used = true;
        return taken.expect(NameHash.of(folder.key, folding.key(target.substring(slash + 1))));
    }

    public boolean isExpected(String target) {
        int slash = target.lastIndexOf('/');
        return taken.isExpected(hash(target.substring(0, slash), target.substring(slash + 1)));
    }

    public int expected() {
        return taken.expected();
    }

    public int usedFolders() {
        return (int) folders.values().stream().filter(folder -> folder.used).count();
    }

    /** Looks how many of those that must be there are there; into several folders at a time. */
    public int there(Failures failures, TaskRunner runner) throws IOException, InterruptedException {
        int there = 0;
        Deque<TaskRunner.Answer<Count>> pending = new ArrayDeque<>();
        for (Map.Entry<String, Folder> folder : folders.entrySet()) {
            if (folder.getValue().used) {
                if (pending.size() == runner.window()) {
                    there += pending.remove().await(LIMIT).told(failures);
                }
                pending.add(runner.submit(() -> count(folder.getKey(), folder.getValue())));
            }
        }
        while (!pending.isEmpty()) {
            there += pending.remove().await(LIMIT).told(failures);
        }
        return there;
    }

    /**
     * What was found in a folder.
     *
     * @param failure why not all of it was seen; null when it was
     */
    private record Count(int there, @Nullable String failure) {
        int told(Failures failures) {
            if (failure != null) {
                failures.add(failure);
            }
            return there;
        }
    }

    private Count count(String name, Folder folder) {
        int[] there = new int[1];
        try {
            list(path(name), file -> {
                if (taken.isExpected(NameHash.of(folder.key, folding.key(file)))) {
                    there[0]++;
                }
            });
            return new Count(there[0], null);
        } catch (IOException e) {
            return new Count(there[0], RawName.shown(path(name)) + " cannot be read: " + Reason.of(e));
        }
    }
}
