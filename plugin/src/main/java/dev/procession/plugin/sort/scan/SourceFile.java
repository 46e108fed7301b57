package dev.procession.plugin.sort.scan;

import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.work.FileStat;

/**
 * A regular file of the source.
 *
 * @param path its raw path, relative to the source
 * @param stat what the scan saw of it
 */
public record SourceFile(String path, FileStat stat) {

    /** The raw name alone. */
    public String name() {
        return RawName.last(path);
    }
}
