package dev.procession.plugin.bundle;

import java.util.Optional;

/** Finds what the user may have meant. */
final class NearestName {
    private final String typed;
    private final String typedFile;
    private int distance;
    private Optional<String> nearest = Optional.empty();

    NearestName(String typed) {
        this.typed = typed;
        this.typedFile = fileOf(typed);
        // More than a third of the letters differs: that is another name, no slip.
        this.distance = Math.max(2, typed.length() / 3);
    }

    void consider(String name) {
        // The right file in the wrong directory is the commonest slip of all.
        int found = fileOf(name).equals(typedFile) ? 1 : edits(typed, name, distance);
        if (found < distance) {
            distance = found;
            nearest = Optional.of(name);
        }
    }

    /** The nearest of the names considered. */
    Optional<String> nearest() {
        return nearest;
    }

    private static String fileOf(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** Levenshtein's distance, or {@code limit} when it is that or more. */
    private static int edits(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) >= limit) {
            return limit;
        }
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, 1 + Math.min(previous[j], current[j - 1]));
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[b.length()];
    }
}
