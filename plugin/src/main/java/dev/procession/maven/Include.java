package dev.procession.maven;

import org.jspecify.annotations.Nullable;

/**
 * An {@code <include>} in a pom: a text, or {@code <file>} with the condition {@code <if>} under which it counts. Maven
 * fills the fields.
 */
public final class Include {
    private @Nullable String file;
    private @Nullable String condition;

    /** Made by Maven, field by field. */
    public Include() {}

    /**
     * Called by Maven when the element holds a text.
     *
     * @param text the text
     */
    public void set(String text) {
        file = text;
    }

    /**
     * Called by Maven for the element {@code <if>}, whose name no field can have.
     *
     * @param text the condition
     */
    public void setIf(String text) {
        condition = text;
    }

    String file() {
        return file == null ? "" : file;
    }

    @Nullable
    String condition() {
        return condition;
    }
}
