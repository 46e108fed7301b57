package dev.procession.plugin.sort.settings;

import dev.procession.plugin.sort.journal.How;

/** How files get into the output. */
public enum SortMode {
    /** As copies. */
    COPY("copy", How.COPIED),
    /** Themselves: by a rename, or across file systems by a copy and a deletion. */
    MOVE("move", How.MOVED),
    /** As second names of themselves. */
    HARDLINK("hardlink", How.LINKED),
    /** As clones, which the file system must be able to make. */
    REFLINK("reflink", How.CLONED),
    /** As clones where the file system can make them, as copies elsewhere. */
    AUTO("auto", How.CLONED);

    private final String word;
    private final How how;

    SortMode(String word, How how) {
        this.word = word;
        this.how = how;
    }

    /** What the user types. */
    public String word() {
        return word;
    }

    public How how() {
        return how;
    }
}
