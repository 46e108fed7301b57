package dev.procession.plugin.output;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A limit for the bytes of a bundle.
 *
 * @param measure what is measured
 * @param most the most bytes
 * @param typed the limit as it was typed
 */
record Budget(Measure measure, long most, String typed) {
    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?) ?([kKmMgG]?i?[bB]?)");
    private static final Map<String, Long> UNITS = Map.of(
            "", 1L, "k", 1000L, "m", 1000_000L, "g", 1000_000_000L, "ki", 1L << 10, "mi", 1L << 20, "gi", 1L << 30);

    /** What is measured; the names are those of the elements. */
    enum Measure {
        /** The bytes of the files. */
        RAW("raw", null),
        /** Each file's bytes after gzip. */
        GZIP("gzip", Format.GZIP),
        /** Each file's bytes after Brotli. */
        BROTLI("brotli", Format.BROTLI);

        private final String element;
        private final @Nullable Format format;

        Measure(String element, @Nullable Format format) {
            this.element = element;
            this.format = format;
        }

        String element() {
            return element;
        }

        @Nullable
        Format format() {
            return format;
        }
    }

    /** Reads an amount such as {@code 100kB}; empty when it is none. */
    static Optional<Budget> of(Measure measure, String typed) {
        Matcher amount = AMOUNT.matcher(typed.trim());
        if (!amount.matches()) {
            return Optional.empty();
        }
        String unit = amount.group(2).toLowerCase(java.util.Locale.ROOT);
        Long factor = UNITS.get(unit.endsWith("b") ? unit.substring(0, unit.length() - 1) : unit);
        if (factor == null) {
            return Optional.empty();
        }
        long most = new BigDecimal(amount.group(1))
                .multiply(BigDecimal.valueOf(factor))
                .longValue();
        return Optional.of(new Budget(measure, most, typed.trim()));
    }
}
