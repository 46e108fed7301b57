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
                    case "inputs" -> each(name -> inputs.put(name, input()));
                    case "outputs" -> each(name -> outputs.put(name, output()));
                    default -> json.skipValue();
                }
            }
            json.endObject();
            return new Metafile(inputs, outputs);
        } catch (IllegalStateException | NumberFormatException e) {
            throw new IOException("the engine's metafile cannot be understood: " + e.getMessage(), e);
        }
    }

    /** Reads the value of one member. */
    private interface Member {
        void read(String name) throws IOException;
    }

    private void each(Member member) throws IOException {
        json.beginObject();
        while (json.hasNext()) {
            member.read(json.nextName());
        }
        json.endObject();
    }

    private final class InputFields {
        private long bytes;
        private List<Metafile.Import> imports = List.of();
        private @Nullable String format;

        void read(String name) throws IOException {
            switch (name) {
                case "bytes" -> bytes = json.nextLong();
                case "imports" -> imports = imports();
                case "format" -> format = json.nextString();
                default -> json.skipValue();
            }
        }
    }

    private Metafile.Input input() throws IOException {
        InputFields fields = new InputFields();
        each(fields::read);
        return new Metafile.Input(fields.bytes, fields.imports, fields.format);
    }

    private final class OutputFields {
        private long bytes;
        private final Map<String, Long> inputs = new LinkedHashMap<>();
        private List<Metafile.Import> imports = List.of();
        private final List<String> exports = new ArrayList<>();
        private @Nullable String entryPoint;
        private @Nullable String cssBundle;

        void read(String name) throws IOException {
            switch (name) {
                case "bytes" -> bytes = json.nextLong();
                case "inputs" -> each(input -> inputs.put(input, bytesInOutput()));
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
    }

    private Metafile.Output output() throws IOException {
        OutputFields fields = new OutputFields();
        each(fields::read);
        return new Metafile.Output(
                fields.bytes, fields.inputs, fields.imports, fields.exports, fields.entryPoint, fields.cssBundle);
    }

    private long bytesInOutput() throws IOException {
        long[] bytes = new long[1];
        each(name -> {
            if (name.equals("bytesInOutput")) {
                bytes[0] = json.nextLong();
            } else {
                json.skipValue();
            }
        });
        return bytes[0];
    }

    private final class ImportFields {
        private String path = "";
        private String kind = "";
        private @Nullable String original;
        private boolean external;

        void read(String name) throws IOException {
            switch (name) {
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
    }

    private List<Metafile.Import> imports() throws IOException {
        List<Metafile.Import> imports = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            ImportFields fields = new ImportFields();
            each(fields::read);
            imports.add(new Metafile.Import(fields.path, fields.kind, fields.original, fields.external));
        }
        json.endArray();
        return imports;
    }
}
