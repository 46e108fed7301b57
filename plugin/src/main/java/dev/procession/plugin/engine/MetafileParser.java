package dev.procession.plugin.engine;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a metafile as a stream; fields that it does not know are passed over, so newer engines may say more. */
final class MetafileParser {
    private final JsonReader json;

    MetafileParser(Reader text) {
        this.json = new JsonReader(text);
    }

    Metafile parse() throws IOException {
        try {
            Map<String, Metafile.Input> inputs = new LinkedHashMap<>();
            Map<String, Metafile.Output> outputs = new LinkedHashMap<>();
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName()) {
                    case "inputs" -> {
                        json.beginObject();
                        while (json.hasNext()) {
                            inputs.put(json.nextName(), input());
                        }
                        json.endObject();
                    }
                    case "outputs" -> {
                        json.beginObject();
                        while (json.hasNext()) {
                            outputs.put(json.nextName(), output());
                        }
                        json.endObject();
                    }
                    default -> json.skipValue();
                }
            }
            json.endObject();
            return new Metafile(inputs, outputs);
        } catch (IllegalStateException | NumberFormatException e) {
            throw new IOException("the engine's metafile cannot be understood: " + e.getMessage(), e);
        }
    }

    private long bytesInOutput() throws IOException {
        long bytes = 0;
        json.beginObject();
        while (json.hasNext()) {
            if (json.nextName().equals("bytesInOutput")) {
                bytes = json.nextLong();
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        return bytes;
    }

    private Metafile.Input input() throws IOException {
        long bytes = 0;
        List<Metafile.Import> imports = List.of();
        @Nullable String format = null;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "bytes" -> bytes = json.nextLong();
                case "imports" -> imports = imports();
                case "format" -> format = json.nextString();
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new Metafile.Input(bytes, imports, format);
    }

    private Metafile.Output output() throws IOException {
        long bytes = 0;
        Map<String, Long> inputs = new LinkedHashMap<>();
        List<Metafile.Import> imports = List.of();
        List<String> exports = new ArrayList<>();
        @Nullable String entryPoint = null;
        @Nullable String cssBundle = null;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "bytes" -> bytes = json.nextLong();
                case "inputs" -> {
                    json.beginObject();
                    while (json.hasNext()) {
                        inputs.put(json.nextName(), bytesInOutput());
                    }
                    json.endObject();
                }
                case "imports" -> imports = imports();
                case "exports" -> {
                    json.beginArray();
                    while (json.hasNext()) {
                        exports.add(json.nextString());
                    }
                    json.endArray();
                }
                case "entryPoint" -> entryPoint = json.nextString();
                case "cssBundle" -> cssBundle = json.nextString();
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new Metafile.Output(bytes, inputs, imports, exports, entryPoint, cssBundle);
    }

    private List<Metafile.Import> imports() throws IOException {
        List<Metafile.Import> imports = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            imports.add(oneImport());
        }
        json.endArray();
        return imports;
    }

    private Metafile.Import oneImport() throws IOException {
        String path = "";
        String kind = "";
        @Nullable String original = null;
        boolean external = false;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "path" -> path = json.nextString();
                case "kind" -> kind = json.nextString();
                case "original" -> original = json.nextString();
                case "external" -> {
                    if (json.peek() == JsonToken.BOOLEAN) {
                        external = json.nextBoolean();
                    } else {
                        json.skipValue();
                    }
                }
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new Metafile.Import(path, kind, original, external);
    }
}
