package dev.procession.maven;

import org.jspecify.annotations.Nullable;

/** The {@code <budgets>} of a bundle in a pom: the most bytes that it may have. Maven fills the fields. */
public final class Budgets {
    private @Nullable String raw;
    private @Nullable String gzip;
    private @Nullable String brotli;

    /** Made by Maven, field by field. */
    public Budgets() {}

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
