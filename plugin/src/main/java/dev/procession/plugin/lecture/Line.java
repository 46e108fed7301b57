package dev.procession.plugin.lecture;

/**
 * A line that a process of an example has printed.
 *
 * @param nanos when it arrived, since the example began
 * @param process the name of the process
 * @param error whether it was printed to standard error
 * @param text the line
 */
public record Line(long nanos, String process, boolean error, String text) {
    /** More of one example than this are shown by its file only: a loop that prints without end makes thousands in a second. */
    public static final int MOST_SHOWN = 1000;

    /** Whether a part of the example begins here; the text is the key of its heading then. */
    public boolean isHeading() {
        return process.equals(Stage.PART);
    }

    /** Whether this is one of many lines that tell only where an exception went through. */
    public boolean isStackFrame() {
        return error && text.startsWith("\tat ");
    }
}
