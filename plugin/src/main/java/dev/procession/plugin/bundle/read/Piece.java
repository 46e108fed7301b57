package dev.procession.plugin.bundle.read;

import org.jspecify.annotations.Nullable;

/**
 * One file, read and checked: what the writer needs to join it to others. Made in a worker, used in the build's JVM.
 *
 * <p>Not a record: its arrays are handed over, never compared.
 */
public final class Piece implements ReadOutcome {
    private static final long serialVersionUID = 1L;

    /** What stands before the first statement. */
    public enum Prologue {
        /** Comments and white space only, in the whole file. */
        NO_CODE,
        /** Code without a directive. */
        PLAIN,
        /** Directives, but not the one for strict mode. */
        DIRECTIVE,
        /** {@code "use strict"}. */
        STRICT
    }

    /** The text in UTF-8, without byte order mark. */
    public final byte[] text;

    /** Where in {@link #text} the bundle must differ, in ascending order. */
    public final int[] patchedAt;

    /** What the bundle has there instead, one byte each. */
    public final byte[] patches;

    /** The part of {@link #text} that the bundle leaves out: a source map inside a comment. It begins behind a patch. */
    public final int cutFrom;

    public final int cutTo;

    /** Where the file says that its source map is, or empty. */
    public final String mapAddress;

    /** The comments that speak of the rights in the file. */
    public final String[] legalComments;

    /** What is open at the end of the file and would swallow the next one, or null. */
    public final @Nullable OpenEnd openEnd;

    /** SHA-256 of the file's bytes. */
    public final byte[] sha256;

    /** The source map of the text from its second segment on; its first one is line 0, column 0. Empty without a map. */
    public final byte[] mappings;

    /** How many line breaks the text has. */
    public final int lineBreaks;

    /** The position that the last segment of {@link #mappings} stands for. */
    public final int lastLine;

    public final int lastColumn;

    public final Prologue prologue;
    public final Ending ending;

    /** How the text ends. */
    public record Ending(boolean withLineBreak, boolean withLoneCarriageReturn, boolean withSemicolon)
            implements java.io.Serializable {}

    Piece(
            byte[] text,
            int[] patchedAt,
            byte[] patches,
            int cutFrom,
            int cutTo,
            String mapAddress,
            String[] legalComments,
            @Nullable OpenEnd openEnd,
            byte[] sha256,
            byte[] mappings,
            int lineBreaks,
            int lastLine,
            int lastColumn,
            Prologue prologue,
            Ending ending) {
        this.text = text;
        this.patchedAt = patchedAt;
        this.patches = patches;
        this.cutFrom = cutFrom;
        this.cutTo = cutTo;
        this.mapAddress = mapAddress;
        this.legalComments = legalComments;
        this.openEnd = openEnd;
        this.sha256 = sha256;
        this.mappings = mappings;
        this.lineBreaks = lineBreaks;
        this.lastLine = lastLine;
        this.lastColumn = lastColumn;
        this.prologue = prologue;
        this.ending = ending;
    }
}
