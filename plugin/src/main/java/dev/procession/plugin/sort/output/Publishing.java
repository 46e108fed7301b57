package dev.procession.plugin.sort.output;

/** How a file gets its final name without a race: a rename overwrites silently, and "look, then create" has a gap. */
public enum Publishing {
    /**
     * It is created under its final name, exclusively, and written there. Until it is whole it has a mode that no whole
     * file has: its owner may write it, and nobody may read it. That is the mark by which the next run knows a half file,
     * and it keeps others from reading it.
     */
    DIRECT,

    /**
     * For file systems that keep no modes (FAT, Windows): it is written under a temporary name; an empty file takes the
     * final name, exclusively, and the draft is renamed over it. A kill between the two leaves the empty file; the next
     * run knows from the journal that the name was about to be taken, and removes it.
     */
    CLAIM;
}
