package dev.procession.plugin.report;

/** The last line of a terminal, which is written over while work goes on. */
public interface LiveLine {

    /**
     * Shows a text instead of the one before.
     *
     * @param text one line
     */
    void show(String text);

    /** Takes the text away, so that other lines can be printed. */
    void clear();
}
