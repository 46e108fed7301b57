package dev.procession.plugin.bundle.read;

/**
 * A file that cannot be bundled.
 *
 * @param element the XML element to look at
 * @param text what is wrong with it and what to do, to follow the file's name
 */
public record ReadFailure(Blame element, String text) implements ReadOutcome {

    /** Which of the user's elements led to it. */
    public enum Blame {
        /** The include that took the file. */
        INCLUDE,
        /** The charset that it was decoded with. */
        ENCODING
    }
}
