package dev.procession.plugin.sort;

/** What is done with one file, and so what has to be undone. */
enum Step {
    /** It gets a name that was free. */
    PLACE,
    /** It takes the place of its own earlier copy, which is kept aside. */
    REPLACE,
    /** It takes the place of somebody else's file, which is kept aside. */
    DISPLACE,
    /** A source that is moved, and whose content is in place already, is kept aside. */
    ASIDE,
    /** A copy whose source has gone is kept aside. */
    PRUNE,
    /** A copy gets the new time of its source; the content is the same. */
    RETIME,
    /** Nothing is done; something is known better now. */
    NOTE,
    /** Something of an earlier run was undone. */
    UNDO;

    private static final Step[] ALL = values();

    static Step of(int ordinal) {
        return ALL[ordinal];
    }
}
