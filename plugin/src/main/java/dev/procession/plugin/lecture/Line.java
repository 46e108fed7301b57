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

    /** Whether a part of the example begins here; the text is the key of its heading then. */
    public boolean isHeading() {
        return process.equals(Stage.PART);
    }

    /** Whether this is one of many lines that tell only where an exception went through. */
    public boolean isStackFrame() {
        return error && text.startsWith("\tat ");
    }
}
