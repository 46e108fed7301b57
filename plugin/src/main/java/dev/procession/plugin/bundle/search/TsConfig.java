package dev.procession.plugin.bundle.search;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.procession.plugin.work.FileName;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a {@code tsconfig.json} decides where imports are looked up. The engine decides what the file means; this only
 * finds out which files and directories it looks at, so whatever cannot be read here says nothing.
 */
public final class TsConfig {
    final Path file;
    final List<String> parents = new ArrayList<>();
    final Map<String, List<String>> paths = new LinkedHashMap<>();

    @Nullable
    String baseUrl;

    private TsConfig(Path file) {
        this.file = file;
    }

    static TsConfig read(Path file) {
        TsConfig config = new TsConfig(file);
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                JsonReader json = new JsonReader(text)) {
            // Comments and commas at the end are usual in this file.
            json.setStrictness(Strictness.LENIENT);
            config.read(json);
        } catch (IOException | IllegalStateException e) {
            // The engine says what is wrong with it.
        }
        return config;
    }

    private void read(JsonReader json) throws IOException {
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "extends" -> parents.addAll(strings(json));
                case "compilerOptions" -> options(json);
                default -> json.skipValue();
            }
        }
    }

    private void options(JsonReader json) throws IOException {
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "baseUrl" -> baseUrl = json.nextString();
                case "paths" -> {
                    json.beginObject();
                    while (json.hasNext()) {
                        paths.put(json.nextName(), strings(json));
                    }
                    json.endObject();
                }
                default -> json.skipValue();
            }
        }
        json.endObject();
    }

    private static List<String> strings(JsonReader json) throws IOException {
        if (json.peek() != JsonToken.BEGIN_ARRAY) {
            return List.of(json.nextString());
        }
        List<String> strings = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            if (json.peek() == JsonToken.STRING) {
                strings.add(json.nextString());
            } else {
                json.skipValue();
            }
        }
        json.endArray();
        return strings;
    }

    Path directory() {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    public static Path resolve(Path base, String name) {
        try {
            return FileName.resolve(base, name);
        } catch (InvalidPathException e) {
            return base;
        }
    }
}
