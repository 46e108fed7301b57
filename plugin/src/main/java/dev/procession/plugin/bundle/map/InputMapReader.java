package dev.procession.plugin.bundle.map;

import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads source maps, version 3, plain or in sections (ECMA-426). */
public final class InputMapReader {
    private final List<String> sources = new ArrayList<>();
    private final List<@Nullable String> contents = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Segments segments = new Segments();

    private InputMapReader() {}

    /**
     * Reads a map.
     *
     * @throws IOException when it is none, with what is wrong
     */
    public static InputMap read(String text) throws IOException {
        InputMapReader reader = new InputMapReader();
        // A line that keeps other sites from running the map as a script may come before it.
        String json = text.startsWith(")]}") ? text.substring(Math.max(0, text.indexOf('\n'))) : text;
        try (JsonReader in = new JsonReader(new StringReader(json))) {
            reader.map(in, 0, 0);
        } catch (IllegalStateException | NumberFormatException | JsonParseException e) {
            throw new IOException("it is no source map: " + firstLine(e.getMessage()), e);
        }
        if (!reader.segments.isAscending()) {
            throw new IOException("its mappings are in no order");
        }
        return new InputMap(reader.sources, reader.contents, reader.names, reader.segments);
    }

    private static String firstLine(@Nullable String message) {
        return String.valueOf(message).lines().findFirst().orElse("");
    }

    private void map(JsonReader in, int line, int column) throws IOException {
        int version = 3;
        String root = "";
        String mappings = "";
        List<String> ownSources = new ArrayList<>();
        List<@Nullable String> ownContents = new ArrayList<>();
        List<String> ownNames = new ArrayList<>();
        boolean sections = false;
        in.beginObject();
        while (in.hasNext()) {
            switch (in.nextName()) {
                case "version" -> version = in.nextInt();
                case "sourceRoot" -> root = string(in, "");
                case "mappings" -> mappings = in.nextString();
                case "sources" -> strings(in).forEach(source -> ownSources.add(source == null ? "" : source));
                case "sourcesContent" -> ownContents.addAll(strings(in));
                case "names" -> strings(in).forEach(name -> ownNames.add(name == null ? "" : name));
                case "sections" -> {
                    sections = true;
                    sections(in);
                }
                default -> in.skipValue();
            }
        }
        in.endObject();
        if (version != 3) {
            throw new IOException("its version is " + version + ", not 3");
        }
        if (!sections) {
            add(root, ownSources, ownContents, ownNames, mappings, line, column);
        }
    }

    private void sections(JsonReader in) throws IOException {
        in.beginArray();
        while (in.hasNext()) {
            int line = 0;
            int column = 0;
            boolean placed = false;
            in.beginObject();
            while (in.hasNext()) {
                switch (in.nextName()) {
                    case "offset" -> {
                        in.beginObject();
                        while (in.hasNext()) {
                            switch (in.nextName()) {
                                case "line" -> line = in.nextInt();
                                case "column" -> column = in.nextInt();
                                default -> in.skipValue();
                            }
                        }
                        in.endObject();
                        placed = true;
                    }
                    case "map" -> {
                        if (!placed) {
                            throw new IOException("a section has its map before its offset");
                        }
                        map(in, line, column);
                    }
                    default -> in.skipValue();
                }
            }
            in.endObject();
        }
        in.endArray();
    }

    private static String string(JsonReader in, String otherwise) throws IOException {
        if (in.peek() == JsonToken.NULL) {
            in.nextNull();
            return otherwise;
        }
        return in.nextString();
    }

    private static List<@Nullable String> strings(JsonReader in) throws IOException {
        List<@Nullable String> strings = new ArrayList<>();
        if (in.peek() == JsonToken.NULL) {
            // As good as none.
            in.nextNull();
            return strings;
        }
        in.beginArray();
        while (in.hasNext()) {
            if (in.peek() == JsonToken.NULL) {
                in.nextNull();
                strings.add(null);
            } else {
                strings.add(in.nextString());
            }
        }
        in.endArray();
        return strings;
    }

    private void add(
            String root,
            List<String> ownSources,
            List<@Nullable String> ownContents,
            List<String> ownNames,
            String mappings,
            int line,
            int column)
            throws IOException {
        int firstSource = sources.size();
        int firstName = names.size();
        String before = root.isEmpty() || root.endsWith("/") ? root : root + "/";
        for (int i = 0; i < ownSources.size(); i++) {
            sources.add(before + ownSources.get(i));
            contents.add(i < ownContents.size() ? ownContents.get(i) : null);
        }
        names.addAll(ownNames);
        new Decoder(mappings, line, column, firstSource, ownSources.size(), firstName, ownNames.size()).decode();
    }

    /** Decodes one {@code mappings}. */
    private final class Decoder {
        private final String text;
        private final int firstSource;
        private final int sourceCount;
        private final int firstName;
        private final int nameCount;
        private int line;
        private int shift;
        private int at;

        Decoder(String text, int line, int shift, int firstSource, int sourceCount, int firstName, int nameCount) {
            this.text = text;
            this.line = line;
            this.shift = shift;
            this.firstSource = firstSource;
            this.sourceCount = sourceCount;
            this.firstName = firstName;
            this.nameCount = nameCount;
        }

        void decode() throws IOException {
            int column = 0;
            int source = 0;
            int sourceLine = 0;
            int sourceColumn = 0;
            int name = 0;
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == ';') {
                    at++;
                    line++;
                    // A section's column counts on its first line only.
                    shift = 0;
                    column = 0;
                } else if (c == ',') {
                    at++;
                } else {
                    column += number();
                    if (ends()) {
                        segments.add(line, check(column) + shift, -1, 0, 0, -1);
                        continue;
                    }
                    source += number();
                    sourceLine += number();
                    sourceColumn += number();
                    boolean named = !ends();
                    if (named) {
                        name += number();
                    }
                    if (!ends() || source < 0 || source >= sourceCount || name < 0 || (named && name >= nameCount)) {
                        throw new IOException("its mappings are damaged at character " + at);
                    }
                    segments.add(
                            line,
                            check(column) + shift,
                            firstSource + source,
                            check(sourceLine),
                            check(sourceColumn),
                            named ? firstName + name : -1);
                }
            }
        }

        private int check(int position) throws IOException {
            if (position < 0) {
                throw new IOException("its mappings are damaged before character " + at);
            }
            return position;
        }

        private boolean ends() {
            return at >= text.length() || text.charAt(at) == ',' || text.charAt(at) == ';';
        }

        private int number() throws IOException {
            long value = 0;
            int bits = 0;
            while (true) {
                int digit = at < text.length() ? Vlq.digit(text.charAt(at)) : -1;
                if (digit < 0 || bits > 30) {
                    throw new IOException("its mappings are damaged at character " + at);
                }
                at++;
                value |= (long) (digit & 31) << bits;
                bits += 5;
                if (digit < 32) {
                    return (int) ((value & 1) == 0 ? value >> 1 : -(value >> 1));
                }
            }
        }
    }
}
