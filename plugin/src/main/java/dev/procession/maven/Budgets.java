package dev.procession.maven;

import org.jspecify.annotations.Nullable;

/** The {@code <budgets>} of a bundle in a pom: the most bytes that it may have. Maven fills the fields. */
public final class Budgets {
    private @Nullable String raw;
    private @Nullable String gzip;
    private @Nullable String brotli;
    private @Nullable String text;

    /** Made by Maven, field by field. */
    public Budgets() {}

    /**
     * Called by Maven when the element holds a text, which it may not.
     *
     * @param typed the text
     */
    public void set(String typed) {
        text = typed;
    }

    /** What stands where elements should. */
    @Nullable
    String text() {
        return text;
    }

    @Nullable
    String raw() {
        return raw;
    }

    @Nullable
    String gzip() {
        return gzip;
    }

    @Nullable
    String brotli() {
        return brotli;
    }
}
