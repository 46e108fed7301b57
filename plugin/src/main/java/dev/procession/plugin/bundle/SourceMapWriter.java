package dev.procession.plugin.bundle;

import com.google.gson.stream.JsonWriter;
import dev.procession.plugin.work.FileName;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes a source map, version 3 (ECMA-426), as a stream: the sources are never held as one text. */
final class SourceMapWriter {
    private SourceMapWriter() {}

    static void write(OutputStream target, BundlePlan plan, List<Piece> pieces, String mappings) throws IOException {
        Writer out = new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8), 64 * 1024);
        // Not closed: the target is its opener's. A JsonWriter holds nothing else.
        JsonWriter json = new JsonWriter(out);
        json.beginObject();
        json.name("version").value(3);
        json.name("file").value(fileName(plan));
        json.name("sources").beginArray();
        for (Input input : plan.inputs()) {
            json.value(url(input.name()));
        }
        json.endArray();
        json.name("sourcesContent").beginArray();
        for (Piece piece : pieces) {
            json.value(new String(piece.text, StandardCharsets.UTF_8));
        }
        json.endArray();
        json.name("names").beginArray().endArray();
        json.name("mappings").value(mappings);
        json.endObject();
        json.flush();
    }

    private static String fileName(BundlePlan plan) {
        java.nio.file.Path directory = plan.output().getParent();
        return FileName.of(directory == null ? plan.output() : directory, plan.output());
    }

    /**
     * A source is a URL to its readers, relative to the map's. Only what would mean something else in one is encoded, so
     * that names stay readable.
     */
    static String url(String name) {
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
