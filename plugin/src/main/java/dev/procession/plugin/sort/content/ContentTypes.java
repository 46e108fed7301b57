package dev.procession.plugin.sort.content;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which media type belongs to which category; the table is {@code content-types.txt}. */
final class ContentTypes {
    private static final String RESOURCE = "content-types.txt";

    private final Map<String, String> exact = new HashMap<>();

    /** Without their stars. */
    private final TreeMap<String, String> groups = new TreeMap<>();

    private ContentTypes() {}

    static ContentTypes load() {
        ContentTypes types = new ContentTypes();
        try (InputStream resource = ContentTypes.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is not in the plugin");
            }
            new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(types::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return types;
    }

    private void add(String line) {
        int colon = line.indexOf(':');
        String category = line.substring(0, colon);
        for (String type : line.substring(colon + 1).trim().split(" ", -1)) {
            if (type.endsWith("*")) {
                groups.put(type.substring(0, type.length() - 1), category);
            } else {
                exact.put(type, category);
            }
        }
    }

    /** The category of a type that stands in the table. */
    Optional<String> exact(String type) {
        return Optional.ofNullable(exact.get(type));
    }

    /** The category of the group to which a type belongs: the one with the longest beginning. */
    Optional<String> group(String type) {
        // All beginnings of a text stand before it in the order of texts, the longest one last.
        for (Map.Entry<String, String> entry = groups.floorEntry(type);
                entry != null;
                entry = groups.lowerEntry(entry.getKey())) {
            if (type.startsWith(entry.getKey())) {
                return Optional.of(entry.getValue());
            }
        }
        return Optional.empty();
    }
}
