package dev.procession.plugin.bundle.request;

import java.util.Map;
import java.util.OptionalInt;

/**
 * How many processors bundles may keep busy.
 *
 * @param shared what all parts of the build have in common, thread-safe
 * @param alone whether nothing else is built at the same time
 * @param typed how many: {@code auto} or a number, as the user typed it
 */
public record Processors(Map<String, String> shared, boolean alone, String typed) {
    private static final int MOST = 1024;

    /** How many, 1 or more; empty when the user typed something else. */
    public OptionalInt count() {
        String text = typed.trim();
        if (text.equals("auto")) {
            return OptionalInt.of(Runtime.getRuntime().availableProcessors());
        }
        return text.matches("[1-9][0-9]{0,3}") && Integer.parseInt(text) <= MOST
                ? OptionalInt.of(Integer.parseInt(text))
                : OptionalInt.empty();
    }
}
