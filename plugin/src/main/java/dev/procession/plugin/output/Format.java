package dev.procession.plugin.output;

import java.util.Locale;
import java.util.Optional;

/** What web servers send in place of a file to browsers that accept it. */
enum Format {
    GZIP(".gz"),
    BROTLI(".br");

    private final String ending;

    Format(String ending) {
        this.ending = ending;
    }

    /** What is added to the name of the file. */
    String ending() {
        return ending;
    }

    /** As it is typed in a pom. */
    String typed() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Format> of(String typed) {
        return switch (typed.trim()) {
            case "gzip" -> Optional.of(GZIP);
            case "brotli" -> Optional.of(BROTLI);
            default -> Optional.empty();
        };
    }
}
