package dev.procession.plugin.output;

import org.jspecify.annotations.Nullable;

/** Takes what the user has to mend. */
public interface ProblemSink {

    /**
     * Takes a problem.
     *
     * @param element the XML element that was typed, without brackets
     * @param value what was typed in it, or null when the text goes on as a sentence
     * @param bundle the bundle's name in messages
     * @param text what is wrong, where, and what to do
     */
    void add(String element, @Nullable String value, String bundle, String text);
}
