package dev.procession.plugin.bundle.input;

import dev.procession.plugin.work.FileStat;

/**
 * A file that goes into a bundle.
 *
 * @param location where a task finds its bytes, see {@link ScriptSource}
 * @param name its name in the source map and in messages
 * @param stat what the file system says of it, or of the jar that holds it; taken before the bytes are read
 * @param size bytes to read
 * @param include the include that took it, as typed
 */
public record Input(String location, String name, FileStat stat, long size, String include) {}
