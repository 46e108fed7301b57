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

/** What pages say by themselves, in both languages. */
public final class PageWords {
    private final Properties english;
    private final Properties ukrainian;

    /**
     * Reads the files {@code <name>_en.properties} and {@code <name>_uk.properties}.
     *
     * @param place they lie beside this class
     * @param name how their names begin
     */
    public PageWords(Class<?> place, String name) {
        english = load(place, name + "_en.properties");
        ukrainian = load(place, name + "_uk.properties");
    }

    static PageWords ofTimelines() {
        return new PageWords(PageWords.class, "page");
    }

    /**
     * A text.
     *
     * @param key which
     * @param values what stands in the places of {0}, {1} and so on
     * @return in both languages
     */
    public PageText of(String key, String... values) {
        return new PageText(filled(english, key, values), filled(ukrainian, key, values));
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

    private static Properties load(Class<?> place, String name) {
        Properties texts = new Properties();
        try (InputStream bytes = Objects.requireNonNull(place.getResourceAsStream(name), name);
                InputStreamReader reader = new InputStreamReader(bytes, StandardCharsets.UTF_8)) {
            texts.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
        return texts;
    }
}
