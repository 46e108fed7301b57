package dev.procession.plugin.sort.layout;

import dev.procession.plugin.sort.scan.SourceFile;

/**
 * Tells where a file goes. The answer depends on the file and on what was found out about it, and on nothing else: not on
 * other files, and not on the order in which it is asked. It never leads out of the output, and never to what the goal
 * keeps for itself there; whether the name is free, others look.
 */
public interface Layout {

    /**
     * The place for a file.
     *
     * @param file a regular file of the source
     * @param facts what was found out about it; {@link FileFacts#NONE} where nothing was asked for or could be found
     */
    Target place(SourceFile file, FileFacts facts);

    /** Whether facts are needed for this file: they cost a look into the file by another process. */
    default boolean needsFacts(SourceFile file) {
        return false;
    }

    /**
     * A folder and a name in it.
     *
     * @param folder the raw path of the folder, relative to the output: one part or more with '/' between them, none of
     *     them empty, "." or ".."
     * @param name the raw name in it, not empty and without '/'
     */
    record Target(String folder, String name) {

        /** The raw path, relative to the output. */
        public String path() {
            return folder + "/" + name;
        }
    }
}
