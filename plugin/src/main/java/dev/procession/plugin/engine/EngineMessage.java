package dev.procession.plugin.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the engine says about the sources.
 *
 * @param id the kind of a warning, such as {@code duplicate-object-key}; empty for errors
 * @param text what it says
 * @param location where, or null when it is about no place
 * @param notes what belongs to it: hints, and other places
 */
public record EngineMessage(
        String id, String text, @Nullable Location location, List<Note> notes) {

    /** Copies the list. */
    public EngineMessage {
        notes = List.copyOf(notes);
    }

    /**
     * A place in a source.
     *
     * @param file its path, relative to the directory that the engine worked in
     * @param line from 1
     * @param column characters from 0
     * @param length characters that are meant, 0 for a point
     * @param lineText the line, or a part of it around the place when it is very long
     * @param lineTextFrom the column at which {@code lineText} begins
     * @param suggestion what could stand there instead, or empty
     */
    public record Location(
            String file, int line, int column, int length, String lineText, int lineTextFrom, String suggestion) {
        /**
         * A place that was not found by the engine.
         *
         * @param wholeLine the line, however long
         */
        public static Location in(String file, int line, int column, int length, String wholeLine) {
            return LineText.location(file, line, column, length, wholeLine, "");
        }
    }

    /**
     * What belongs to a message.
     *
     * @param text a hint
     * @param location the place it speaks of, or null
     */
    public record Note(String text, @Nullable Location location) {}
}
