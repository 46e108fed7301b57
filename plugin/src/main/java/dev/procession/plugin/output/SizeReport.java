package dev.procession.plugin.output;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What a bundle's bytes come from: as JSON for programs, and as a page with a treemap for people. */
final class SizeReport {
    private static final String PLACE_OF_DATA = "\"data\"";

    private SizeReport() {}

    static String json(Composition composition, List<Measured> files) throws IOException {
        StringWriter text = new StringWriter();
        JsonWriter json = new JsonWriter(text);
        json.setIndent(" ");
        // The page holds it inside a script element, which "</script>" in a name would end.
        json.setHtmlSafe(true);
        json.beginObject();
        json.name("bundle").value(composition.id());
        json.name("files").beginArray();
        for (Measured file : files) {
            Chunk chunk = file.chunk();
            json.beginObject();
            json.name("file").value(file.name());
            json.name("role").value(chunk.role().name().toLowerCase(Locale.ROOT));
            json.name("bytes").value(file.bytes());
            if (file.gzip().isPresent()) {
                json.name("gzip").value(file.gzip().getAsLong());
            }
            if (file.brotli().isPresent()) {
                json.name("brotli").value(file.brotli().getAsLong());
            }
            if (!file.integrity().isEmpty()) {
                json.name("integrity").value(file.integrity());
            }
            if (chunk.source() != null) {
                json.name("source").value(chunk.source());
            }
            if (chunk.entry()) {
                json.name("entry").value(true);
            }
            json.name("parts").beginArray();
            for (Part part : chunk.parts()) {
                json.beginObject();
                json.name("source").value(part.source());
                json.name("bytes").value(part.bytes());
                json.endObject();
            }
            json.endArray();
            json.endObject();
        }
        json.endArray();
        json.endObject();
        json.flush();
        return text.toString();
    }

    static String page(String json) throws IOException {
        try (InputStream in = SizeReport.class.getResourceAsStream("treemap.html")) {
            if (in == null) {
                throw new IllegalStateException("the plugin's jar lacks treemap.html");
            }
            String page = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int at = page.indexOf(PLACE_OF_DATA);
            return page.substring(0, at) + json + page.substring(at + PLACE_OF_DATA.length());
        }
    }
}
