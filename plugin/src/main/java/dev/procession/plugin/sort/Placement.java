package dev.procession.plugin.sort;

import dev.procession.plugin.work.FileStat;
import org.jspecify.annotations.Nullable;

/**
 * A file that is to be copied, and where to.
 *
 * @param file what
 * @param key the raw name under which the journal knows it
 * @param folder the raw name of the folder, relative to the output
 * @param name the raw name that it gets there
 * @param replaces the copy of an earlier run, as it is now, that the new one replaces; null for a new file
 */
record Placement(
        SourceFile file,
        String key,
        String folder,
        String name,
        @Nullable FileStat replaces) {

    /** The raw path of the copy, relative to the output. */
    String target() {
        return folder + "/" + name;
    }

    boolean isRenamed() {
        return !name.equals(file.name());
    }
}
