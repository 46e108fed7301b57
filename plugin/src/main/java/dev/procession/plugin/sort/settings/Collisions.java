package dev.procession.plugin.sort.settings;

/** What is done with a file whose name is taken. */
public enum Collisions {
    /** It gets a number. */
    RENAME("rename"),
    /** It is left where it is. */
    SKIP("skip"),
    /** It takes the name, and what had it is kept aside; of the files of one run the last one in the order of paths. */
    OVERWRITE("overwrite"),
    /** Nothing at all is done. */
    FAIL("fail"),
    /** Of files with the same content, whatever their names, only the first is placed; the others get numbers. */
    DEDUPE("dedupe");

    private final String word;

    Collisions(String word) {
        this.word = word;
    }

    /** What the user types. */
    String word() {
        return word;
    }
}
