package dev.procession.plugin.report;

import java.io.PrintStream;

/** Writes over the last line of a terminal by returning to its beginning. For one thread. */
public final class TerminalLine implements LiveLine {
    /** A longer text would wrap, and what has wrapped cannot be written over. */
    private static final int WIDTH = 79;

    private final PrintStream terminal;
    private int shown;

    /**
     * A line that shows nothing yet.
     *
     * @param terminal what is printed here is seen at once; stays open
     */
    public TerminalLine(PrintStream terminal) {
        this.terminal = terminal;
    }

    @Override
    public void show(String text) {
        String line = text.length() > WIDTH ? text.substring(0, WIDTH) : text;
        terminal.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
        terminal.flush();
        shown = line.length();
    }

    @Override
    public void clear() {
        if (shown > 0) {
            terminal.print("\r" + " ".repeat(shown) + "\r");
            terminal.flush();
            shown = 0;
        }
    }
}
