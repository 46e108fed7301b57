package dev.procession.plugin.sort;

/** How a file came to its place; what is recorded of it is what was really done. */
enum How {
    /** Its bytes were read and written. */
    COPIED("copied"),
    /** It shares its blocks with its source until one of them is written: a clone of the file system. */
    CLONED("cloned"),
    /** It is its source, under a second name. */
    LINKED("linked"),
    /** It was its source, and has another name now; or its source was deleted after it was copied. */
    MOVED("moved"),
    /** It is not placed: its content is in the place that another file has got. */
    DUPLICATE("duplicate");

    private static final How[] ALL = values();

    private final String word;

    How(String word) {
        this.word = word;
    }

    static How of(int ordinal) {
        return ALL[ordinal];
    }

    String word() {
        return word;
    }
}
