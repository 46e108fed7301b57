package dev.procession.plugin.bundle.map;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which sources of a map the engine reads from their files, since the map has only their names. */
public final class InputMapSources {
    private final Path directory;
    private final List<Path> found = new ArrayList<>();

    private InputMapSources(Path directory) {
        this.directory = directory;
    }

    public static List<Path> withoutContent(Path map) {
        Path directory = map.getParent();
        if (directory == null || !Files.isRegularFile(map)) {
            return List.of();
        }
        InputMapSources sources = new InputMapSources(directory);
        try (Reader text = Files.newBufferedReader(map, StandardCharsets.UTF_8);
                JsonReader json = new JsonReader(text)) {
            sources.map(json);
        } catch (IOException | IllegalStateException e) {
            // The engine says what is wrong with it.
        }
        return sources.found;
    }

    private void map(JsonReader json) throws IOException {
        List<String> names = new ArrayList<>();
        List<Boolean> whole = new ArrayList<>();
        String root = "";
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "sourceRoot" -> root = text(json);
                case "sources" -> {
                    json.beginArray();
                    while (json.hasNext()) {
                        names.add(text(json));
                    }
                    json.endArray();
                }
                case "sourcesContent" -> {
                    json.beginArray();
                    while (json.hasNext()) {
                        whole.add(json.peek() == JsonToken.STRING);
                        json.skipValue();
                    }
                    json.endArray();
                }
                case "sections" -> sections(json);
                default -> json.skipValue();
            }
        }
        json.endObject();
        String before = root.isEmpty() || root.endsWith("/") ? root : root + "/";
        for (int i = 0; i < names.size(); i++) {
            if (i >= whole.size() || !whole.get(i)) {
                String name = names.get(i);
                InputMapName.file(directory, name.startsWith("file:") ? name : before + name)
                        .ifPresent(found::add);
            }
        }
    }

    private void sections(JsonReader json) throws IOException {
        json.beginArray();
        while (json.hasNext()) {
            json.beginObject();
            while (json.hasNext()) {
                if (json.nextName().equals("map")) {
                    map(json);
                } else {
                    json.skipValue();
                }
            }
            json.endObject();
        }
        json.endArray();
    }

    private static String text(JsonReader json) throws IOException {
        if (json.peek() == JsonToken.STRING) {
            return json.nextString();
        }
        json.skipValue();
        return "";
    }
}
