package dev.procession.plugin.sort.journal;

/** How a file came to its place; what is recorded of it is what was really done. */
public enum How {
    /** Its bytes were read and written. */
    COPIED(0, "copied"),
    /** It shares its blocks with its source until one of them is written: a clone of the file system. */
    CLONED(1, "cloned"),
    /** It is its source, under a second name. */
    LINKED(2, "linked"),
    /** It was its source, and has another name now; or its source was deleted after it was copied. */
    MOVED(3, "moved"),
    /** It is not placed: its content is in the place that another file has got. */
    DUPLICATE(4, "duplicate");

    private static final How[] ALL = values();

    private final int code;
    private final String word;

    How(int code, String word) {
        this.code = code;
        this.word = word;
    }

    /** The one that is written so in journals. */
    static How of(int code) {
        return ALL[code];
    }

    /** How it is written in journals, from 0 on in the order above. */
    int code() {
        return code;
    }

    public String word() {
        return word;
    }
}
