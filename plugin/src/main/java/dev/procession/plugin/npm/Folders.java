package dev.procession.plugin.npm;

import dev.procession.plugin.work.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ThreadLocalRandom;

/** Whole folders: fresh ones beside others, and their removal. */
final class Folders {
    private Folders() {}

    /** Creates a folder, and those above it, for nobody but its owner where the file system knows that. */
    static void createPrivate(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    /** Creates a folder that nobody else has. */
    static Path fresh(Path parent) throws IOException {
        Files.createDirectories(parent);
        // 64 random bits are never met twice; createDirectory makes sure.
        return Files.createDirectory(
                parent.resolve(Long.toHexString(ThreadLocalRandom.current().nextLong())));
    }

    /** Removes a folder and all that is in it; links are removed, not followed. */
    static void delete(Path folder) throws IOException {
        // Asked first: without a build that was killed there is none, and nothing is loaded to remove it.
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            FileTree.remove(folder);
        }
    }
}
