package dev.procession.plugin.sort.journal;

/** What is done with one file, and so what has to be undone. */
public enum Step {
    /** It gets a name that was free. */
    PLACE(0),
    /** It takes the place of its own earlier copy, which is kept aside. */
    REPLACE(1),
    /** It takes the place of somebody else's file, which is kept aside. */
    DISPLACE(2),
    /** A source that is moved, and whose content is in place already, is kept aside. */
    ASIDE(3),
    /** A copy whose source has gone is kept aside. */
    PRUNE(4),
    /** A copy gets the new time of its source; the content is the same. */
    RETIME(5),
    /** Nothing is done; something is known better now. */
    NOTE(6),
    /** Something of an earlier run was undone. */
    UNDO(7);

    private static final Step[] ALL = values();

    private final int code;

    Step(int code) {
        this.code = code;
    }

    /** The one that is written so in journals. */
    public static Step of(int code) {
        return ALL[code];
    }

    /** How it is written in journals, from 0 on in the order above. */
    public int code() {
        return code;
    }
}
