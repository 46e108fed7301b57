package dev.procession.plugin.sort;

import dev.procession.plugin.work.FileStat;

/**
 * A regular file of the source.
 *
 * @param path its raw path, relative to the source
 * @param stat what the scan saw of it
 */
record SourceFile(String path, FileStat stat) {

    /** The raw name alone. */
    String name() {
        return RawName.last(path);
    }
}
