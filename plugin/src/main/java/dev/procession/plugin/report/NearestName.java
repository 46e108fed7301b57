package dev.procession.plugin.report;

import java.util.Optional;

/** Finds what the user may have meant. */
public final class NearestName {
    private final String typed;
    private final String typedFile;
    private int distance;
    private Optional<String> nearest = Optional.empty();

    /**
     * A search that has seen no name yet.
     *
     * @param typed what there is not
     */
    public NearestName(String typed) {
        this.typed = typed;
        this.typedFile = fileOf(typed);
        // More than a third of the letters differs: that is another name, no slip.
        this.distance = Math.max(2, typed.length() / 3);
    }

    /**
     * Takes a name into account.
     *
     * @param name what there is
     */
    public void consider(String name) {
        // The right file in the wrong directory is the commonest slip of all.
        int found = fileOf(name).equals(typedFile) ? 1 : edits(typed, name, distance);
        if (found < distance) {
            distance = found;
            nearest = Optional.of(name);
        }
    }

    /**
     * The nearest of the names considered.
     *
     * @return empty when none of them is near
     */
    public Optional<String> nearest() {
        return nearest;
    }

    private static String fileOf(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** Damerau's distance, where two letters that changed places are one slip, or {@code limit} when it is that or more. */
    private static int edits(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) >= limit) {
            return limit;
        }
        int[][] distances = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                distances[i][j] = i == 0 || j == 0 ? i + j : nearer(a, i, b, j, distances);
            }
        }
        return Math.min(limit, distances[a.length()][b.length()]);
    }

    private static int nearer(String a, int i, String b, int j, int[][] distances) {
        int change = distances[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int nearest = Math.min(change, 1 + Math.min(distances[i - 1][j], distances[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(nearest, distances[i - 2][j - 2] + 1) : nearest;
    }
}
