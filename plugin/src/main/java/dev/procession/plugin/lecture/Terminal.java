package dev.procession.plugin.lecture;

import java.util.Optional;

/** A terminal with somebody in front of it. */
public interface Terminal {

    /** {@return how many characters fit into a line} */
    int columns();

    /**
     * Writes at once.
     *
     * @param text characters, and ANSI sequences that move the cursor
     */
    void print(String text);

    /**
     * Asks, and waits for an answer.
     *
     * @param question what is asked
     * @return the line that was typed, or empty when nobody is to be asked, or the input has ended
     */
    Optional<String> ask(String question);
}
