package dev.procession.plugin.output;

import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import dev.procession.plugin.work.FileName;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One bundle's entries of a manifest, in a file of its own that appears and goes with the bundle's other files. The
 * manifest is made of all shares that name it, so neither bundles nor executions need to know of each other.
 *
 * @param manifest the manifest, relative to the build directory, with '/'
 * @param entries the bundle's entries
 */
record ManifestShare(String manifest, List<ManifestEntry> entries) {
    static final String ENDING = ".manifest.json";

    void write(Path file) throws IOException {
        StringWriter text = new StringWriter();
        JsonWriter json = new JsonWriter(text);
        json.beginObject();
        json.name("manifest").value(manifest);
        json.name("entries").beginArray();
        for (ManifestEntry entry : entries) {
            json.beginObject().name("key").value(entry.key());
            members(json, entry);
            json.endObject();
        }
        json.endArray().endObject();
        json.flush();
        Files.writeString(file, text.toString(), StandardCharsets.UTF_8);
    }

    /** The members of an entry as Vite orders them; what is empty is left out. */
    static void members(JsonWriter json, ManifestEntry entry) throws IOException {
        json.name("file").value(entry.file());
        if (entry.name() != null) {
            json.name("name").value(entry.name());
        }
        if (entry.src() != null) {
            json.name("src").value(entry.src());
        }
        if (entry.isEntry()) {
            json.name("isEntry").value(true);
        }
        if (entry.isDynamicEntry()) {
            json.name("isDynamicEntry").value(true);
        }
        list(json, "imports", entry.imports());
        list(json, "dynamicImports", entry.dynamicImports());
        list(json, "css", entry.css());
        list(json, "assets", entry.assets());
        if (!entry.integrity().isEmpty()) {
            json.name("integrity").value(entry.integrity());
        }
    }

    private static void list(JsonWriter json, String name, List<String> values) throws IOException {
        if (!values.isEmpty()) {
            json.name(name).beginArray();
            for (String value : values) {
                json.value(value);
            }
            json.endArray();
        }
    }

    /** Null when it is no share, or when it went while it was read. */
    static @Nullable ManifestShare read(Path file) {
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                JsonReader json = new JsonReader(text)) {
            String manifest = "";
            List<ManifestEntry> entries = new ArrayList<>();
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName()) {
                    case "manifest" -> manifest = json.nextString();
                    case "entries" -> {
                        json.beginArray();
                        while (json.hasNext()) {
                            entries.add(entry(json));
                        }
                        json.endArray();
                    }
                    default -> json.skipValue();
                }
            }
            json.endObject();
            return new ManifestShare(manifest, entries);
        } catch (IOException | IllegalStateException | JsonParseException e) {
            return null;
        }
    }

    private static ManifestEntry entry(JsonReader json) throws IOException {
        String key = "";
        String file = "";
        String name = null;
        String src = null;
        boolean isEntry = false;
        boolean isDynamicEntry = false;
        List<String> imports = List.of();
        List<String> dynamicImports = List.of();
        List<String> css = List.of();
        List<String> assets = List.of();
        String integrity = "";
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "key" -> key = json.nextString();
                case "file" -> file = json.nextString();
                case "name" -> name = json.nextString();
                case "src" -> src = json.nextString();
                case "isEntry" -> isEntry = json.nextBoolean();
                case "isDynamicEntry" -> isDynamicEntry = json.nextBoolean();
                case "imports" -> imports = strings(json);
                case "dynamicImports" -> dynamicImports = strings(json);
                case "css" -> css = strings(json);
                case "assets" -> assets = strings(json);
                case "integrity" -> integrity = json.nextString();
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new ManifestEntry(
                key, file, name, src, isEntry, isDynamicEntry, imports, dynamicImports, css, assets, integrity);
    }

    private static List<String> strings(JsonReader json) throws IOException {
        List<String> values = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            values.add(json.nextString());
        }
        json.endArray();
        return values;
    }

    /** Where a share says that the manifest is. */
    Path manifestBelow(Path buildDirectory) {
        return FileName.resolve(buildDirectory, manifest);
    }
}
