package dev.procession.plugin.bundle;

/**
 * A file that cannot be bundled.
 *
 * @param element the XML element to look at
 * @param text what is wrong with it and what to do, to follow the file's name
 */
record ReadFailure(Blame element, String text) implements ReadOutcome {

    /** Which of the user's elements led to it. */
    enum Blame {
        /** The include that took the file. */
        INCLUDE,
        /** The charset that it was decoded with. */
        ENCODING
    }
}
