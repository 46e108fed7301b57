package dev.procession.plugin.sort.archive;

import dev.procession.plugin.sort.name.RawName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A folder that an archive was unpacked to, compared with the list of what was put there: what is as it was is ours to
 * remove, anything else is the user's.
 */
final class UnpackedFolder {
    private final Path folder;
    private final Set<String> listed;

    private UnpackedFolder(Path folder, Set<String> listed) {
        this.folder = folder;
        this.listed = listed;
    }

    /** Without its list, all in the folder is the user's. */
    static UnpackedFolder of(Path folder, Path list) throws IOException {
        try {
            return new UnpackedFolder(folder, new HashSet<>(Files.readAllLines(list, StandardCharsets.US_ASCII)));
        } catch (NoSuchFileException e) {
            return new UnpackedFolder(folder, Set.of());
        }
    }

    boolean isThere() {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether it holds what was put there and nothing else. */
    boolean isUntouched() throws IOException {
        return !listed.isEmpty() && count(folder) == listed.size();
    }

    /** How many files are as they were; -1 when something is not. */
    private int count(Path directory) throws IOException {
        int same = 0;
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            for (Path child : children) {
                int found = Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)
                        ? count(child)
                        : listed.contains(line(child)) ? 1 : -1;
                if (found < 0) {
                    return -1;
                }
                same += found;
            }
        }
        return same;
    }

    /** Removes what is as it was, and folders that are empty then; gives the raw paths of what stays. */
    void removeOwn(List<String> stays) throws IOException {
        removeOwn(folder, stays);
    }

    private void removeOwn(Path directory, List<String> stays) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            for (Path child : children) {
                if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                    removeOwn(child, stays);
                } else if (listed.contains(line(child))) {
                    Files.delete(child);
                } else {
                    stays.add(RawName.of(child));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return;
        }
        try {
            Files.delete(directory);
        } catch (DirectoryNotEmptyException e) {
            // Something in it is the user's.
        }
    }

    private String line(Path file) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return RawName.encoded(RawName.of(folder.relativize(file))) + " " + attributes.size() + " "
                + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    }
}
