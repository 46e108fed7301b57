package dev.procession.plugin.timeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The style and the script that are in each page: files of their own here, so that they can be read and checked. */
final class PageCode {
    private static final String[] SCRIPTS = {"data.js", "words.js", "paint.js", "view.js", "table.js", "page.js"};

    private PageCode() {}

    static String style() {
        return resource("page.css");
    }

    static String script() {
        StringBuilder all = new StringBuilder();
        for (String name : SCRIPTS) {
            all.append(resource(name)).append('\n');
        }
        return all.toString();
    }

    private static String resource(String name) {
        try (InputStream bytes = Objects.requireNonNull(PageCode.class.getResourceAsStream(name), name)) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
