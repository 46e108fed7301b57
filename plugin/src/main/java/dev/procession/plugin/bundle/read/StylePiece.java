package dev.procession.plugin.bundle.read;

import dev.procession.plugin.bundle.map.Segments;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One style sheet, read and prepared to be joined to others. Made in a worker, used in the build's JVM.
 *
 * <p>Not a record: its arrays are handed over, never compared.
 */
public final class StylePiece implements ReadOutcome {
    private static final long serialVersionUID = 1L;

    /** The text as it was read, in UTF-8, without byte order mark. */
    public final byte[] text;

    /** SHA-256 of the file's bytes. */
    public final byte[] sha256;

    /** What must stand ahead of all rules. */
    public final List<Head> heads;

    /** The rest, with addresses that lead to the same files from the bundle. */
    public final String body;

    /** What of {@link #body} stands where in {@link #text}. */
    public final Segments segments;

    /** How many line breaks {@link #body} has. */
    public final int lineBreaks;

    /** What must follow, so that the last rule is complete: nothing, {@code ;} or a pair of braces. */
    public final String completion;

    /** Whether there is anything but comments and white space in {@link #body}. */
    public final boolean withRules;

    public final String mapAddress;
    public final String[] legalComments;
    public final @Nullable OpenEnd openEnd;

    /**
     * A statement that must stand ahead of all rules.
     *
     * @param text up to its semicolon, on one line
     * @param line where it stands, from 0
     * @param column where it stands, from 0
     * @param namespace whether it has to stand behind all imports
     * @param effective whether it brings in rules
     */
    public record Head(String text, int line, int column, boolean namespace, boolean effective)
            implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    StylePiece(
            byte[] text,
            byte[] sha256,
            List<Head> heads,
            String body,
            Segments segments,
            int lineBreaks,
            String completion,
            boolean withRules,
            String mapAddress,
            String[] legalComments,
            @Nullable OpenEnd openEnd) {
        this.text = text;
        this.sha256 = sha256;
        this.heads = new java.util.ArrayList<>(heads);
        this.body = body;
        this.segments = segments;
        this.lineBreaks = lineBreaks;
        this.completion = completion;
        this.withRules = withRules;
        this.mapAddress = mapAddress;
        this.legalComments = legalComments;
        this.openEnd = openEnd;
    }
}
