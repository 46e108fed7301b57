package dev.procession.plugin.bundle.request;

import java.nio.file.Path;

/** Marks places in sources where somebody edits them. What is marked is told in the log or in the failure as well. */
public interface SourceMarks {
    /** Nobody edits. */
    SourceMarks NONE = new SourceMarks() {
        @Override
        public void clear(Path file) {}

        @Override
        public void add(Path file, int line, int column, String text, boolean error) {}
    };

    /**
     * Takes all marks from a file.
     *
     * @param file a source
     */
    void clear(Path file);

    /**
     * Adds a mark.
     *
     * @param file a source
     * @param line from 1
     * @param column from 1
     * @param text what is to be said
     * @param error whether it fails the build; else it is a warning
     */
    void add(Path file, int line, int column, String text, boolean error);
}
