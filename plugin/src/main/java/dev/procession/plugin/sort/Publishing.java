package dev.procession.plugin.sort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a whole file gets its final name without a race. Only an exclusive creation and a hard link take a name and fail
 * when somebody has it: a rename overwrites silently, and Files.copy looks first and creates then.
 */
enum Publishing {
    /**
     * The draft gets the final name as a second name, by a hard link. The draft's own name stays until the journal knows
     * of the file: whoever finds both names on one file, after a kill, knows who placed it.
     */
    LINK,

    /**
     * For file systems without hard links (FAT, some network shares): an empty file is created exclusively under the
     * final name, and the draft is renamed over it. A kill between the two leaves the empty file; the next run knows
     * from the journal that the name was about to be taken, and removes it.
     */
    CLAIM;

    /** What the file system of the output offers. */
    static Publishing of(Path own) throws IOException {
        Path file = own.resolve("probe-link");
        Path link = own.resolve("probe-link-2");
        Files.deleteIfExists(file);
        Files.deleteIfExists(link);
        Files.createFile(file);
        try {
            Files.createLink(link, file);
            return LINK;
        } catch (UnsupportedOperationException | IOException e) {
            return CLAIM;
        } finally {
            Files.deleteIfExists(link);
            Files.delete(file);
        }
    }
}
