package dev.procession.plugin.work;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file, or a directory with all that is in it. */
public final class FileTree {
    private FileTree() {}

    /**
     * Removes all of it; links are removed, not followed. What others remove at the same time is gone as well.
     *
     * @param root what may be there
     * @throws IOException when something in it cannot be removed
     */
    public static void remove(Path root) throws IOException {
        if (Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)) {
            // Gone through after the directory is closed: a tree may be deeper than a process may have files open.
            List<Path> directories = new ArrayList<>();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
                for (Path entry : entries) {
                    if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                        directories.add(entry);
                    } else {
                        Files.deleteIfExists(entry);
                    }
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            } catch (NoSuchFileException e) {
                return;
            }
            for (Path directory : directories) {
                remove(directory);
            }
        }
        Files.deleteIfExists(root);
    }
}
