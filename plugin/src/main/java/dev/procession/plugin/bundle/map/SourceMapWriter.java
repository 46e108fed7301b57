package dev.procession.plugin.bundle.map;

import com.google.gson.stream.JsonWriter;
import dev.procession.plugin.bundle.input.IncludePattern;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Writes a source map, version 3 (ECMA-426), as a stream: the sources are never held as one text. */
public final class SourceMapWriter {
    private SourceMapWriter() {}

    /**
     * Writes a map.
     *
     * @param file the name of the output that it is for
     */
    public static void write(OutputStream target, String file, MapSources sources, String mappings) throws IOException {
        Writer out = new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8), 64 * 1024);
        // Not closed: the target is its opener's. A JsonWriter holds nothing else.
        JsonWriter json = new JsonWriter(out);
        json.beginObject();
        json.name("version").value(3);
        json.name("file").value(file);
        json.name("sources").beginArray();
        for (int i = 0; i < sources.size(); i++) {
            json.value(sources.url(i));
        }
        json.endArray();
        json.name("sourcesContent").beginArray();
        for (int i = 0; i < sources.size(); i++) {
            json.value(sources.content(i));
        }
        json.endArray();
        json.name("names").beginArray();
        for (String symbol : sources.symbols()) {
            json.value(symbol);
        }
        json.endArray();
        json.name("mappings").value(mappings);
        json.endObject();
        json.flush();
    }

    /**
     * A source is a URL to its readers, relative to the map's. Only what would mean something else in one is encoded, so
     * that names stay readable.
     */
    public static String url(String name) {
        StringBuilder url = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c == '%' || c == '#' || c == '?' || c == '\\' || c == 127) {
                url.append(String.format("%%%02X", (int) c));
            } else {
                url.append(c);
            }
        }
        int slash = url.indexOf("/");
        int colon = url.indexOf(":");
        boolean looksLikeScheme = colon >= 0 && (slash < 0 || colon < slash);
        return looksLikeScheme && !name.startsWith(IncludePattern.WEBJAR) ? "./" + url : url.toString();
    }
}
