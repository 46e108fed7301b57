package dev.procession.plugin.engine;

import java.util.Optional;

/**
 * Where an artifact is in a Maven repository.
 *
 * @param group its groupId
 * @param artifact its artifactId
 * @param extension its file's ending, {@code jar} if nothing is said
 * @param classifier its classifier, empty for none
 * @param version its version
 */
public record Coordinate(String group, String artifact, String extension, String classifier, String version) {

    /**
     * Reads one as users write it.
     *
     * @param text {@code group:artifact[:extension[:classifier]]:version}
     * @return what it says; empty when it has another form
     */
    public static Optional<Coordinate> parse(String text) {
        String[] parts = text.trim().split(":", -1);
        for (String part : parts) {
            if (!part.matches("[-.\\w]+")) {
                return Optional.empty();
            }
        }
        return switch (parts.length) {
            case 3 -> Optional.of(new Coordinate(parts[0], parts[1], "jar", "", parts[2]));
            case 4 -> Optional.of(new Coordinate(parts[0], parts[1], parts[2], "", parts[3]));
            case 5 -> Optional.of(new Coordinate(parts[0], parts[1], parts[2], parts[3], parts[4]));
            default -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return group + ":" + artifact + ":" + extension + (classifier.isEmpty() ? "" : ":" + classifier) + ":"
                + version;
    }
}
