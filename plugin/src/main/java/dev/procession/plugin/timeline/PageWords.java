package dev.procession.plugin.timeline;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeSet;

/** What pages say by themselves, in both languages; and the styles and scripts that are in each of them. */
final class PageWords {
    private static final String[] SCRIPTS = {"data.js", "words.js", "paint.js", "view.js", "table.js", "page.js"};

    private final Properties english = load("page_en.properties");
    private final Properties ukrainian = load("page_uk.properties");

    PageText of(String key, String... values) {
        return new PageText(filled(english, key, values), filled(ukrainian, key, values));
    }

    PageText of(String key, PageText... values) {
        String[] en = new String[values.length];
        String[] uk = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            en[i] = values[i].en();
            uk[i] = values[i].uk();
        }
        return new PageText(filled(english, key, en), filled(ukrainian, key, uk));
    }

    private static String filled(Properties texts, String key, String... values) {
        String text = texts.getProperty(key);
        if (text == null) {
            throw new IllegalArgumentException("no text: key=" + key);
        }
        // Not one after the other: a value may hold what looks like the place of another one.
        StringBuilder result = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            int number = at + 2 < text.length() && text.charAt(at) == '{' && text.charAt(at + 2) == '}'
                    ? text.charAt(at + 1) - '0'
                    : -1;
            if (number >= 0 && number < values.length) {
                result.append(values[number]);
                at += 2;
            } else {
                result.append(text.charAt(at));
            }
        }
        return result.toString();
    }

    String style() {
        return resource("page.css");
    }

    String script() {
        StringBuilder all = new StringBuilder();
        for (String name : SCRIPTS) {
            all.append(resource(name)).append('\n');
        }
        return all.toString();
    }

    /** All texts as a JSON object for each language. */
    String json() throws IOException {
        StringWriter text = new StringWriter();
        JsonWriter json = new JsonWriter(text);
        json.setHtmlSafe(true);
        json.beginObject();
        write(json.name("en"), english);
        write(json.name("uk"), ukrainian);
        json.endObject();
        return text.toString();
    }

    private static void write(JsonWriter json, Properties texts) throws IOException {
        json.beginObject();
        for (String key : new TreeSet<>(texts.stringPropertyNames())) {
            json.name(key).value(texts.getProperty(key));
        }
        json.endObject();
    }

    private static Properties load(String name) {
        Properties texts = new Properties();
        try (InputStreamReader reader = new InputStreamReader(stream(name), StandardCharsets.UTF_8)) {
            texts.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
        return texts;
    }

    private static String resource(String name) {
        try (InputStream bytes = stream(name)) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private static InputStream stream(String name) {
        return Objects.requireNonNull(PageWords.class.getResourceAsStream(name), name);
    }
}
