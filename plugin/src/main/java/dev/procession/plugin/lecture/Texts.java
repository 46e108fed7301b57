package dev.procession.plugin.lecture;

import dev.procession.plugin.report.Amount;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;

/** All that the lecture says in one language. */
public final class Texts {
    private final Language language;
    private final Properties texts = new Properties();

    public Texts(Language language) {
        this.language = language;
        String file = "texts_" + language.code() + ".properties";
        try (InputStream bytes = Objects.requireNonNull(Texts.class.getResourceAsStream(file), file);
                Reader reader = new InputStreamReader(bytes, StandardCharsets.UTF_8)) {
            texts.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    public Language language() {
        return language;
    }

    public Set<String> keys() {
        return texts.stringPropertyNames();
    }

    /** A text of the lecture itself. */
    public String of(String key) {
        String text = texts.getProperty(key);
        if (text == null) {
            throw new IllegalArgumentException("no text: key=" + key + ", language=" + language.code());
        }
        return text;
    }

    /** A text about an example. */
    public String of(Topic topic, String key) {
        OwnWords own = topic.words();
        if (own == null) {
            return of(topic.number() + "." + key);
        }
        // A check without a text is called by its key, and an example by its name.
        String last = key.substring(key.indexOf('.') + 1);
        boolean isTopics = key.equals("point") || key.equals("watch");
        return own.of(language, key, isTopics ? "" : key.equals("title") ? topic.name() : last);
    }

    /** Whether there is such a text about an example. */
    public boolean has(Topic topic, String key) {
        OwnWords own = topic.words();
        return own == null ? texts.containsKey(topic.number() + "." + key) : own.has(key);
    }

    /** How long something was, as people of this language write it. */
    public String time(long nanos) {
        String amount = Amount.time(nanos);
        return language == Language.UK
                ? amount.replace('.', ',').replace(" ms", " мс").replace(" s", " с")
                : amount;
    }

    /**
     * What is usual for a measurement.
     *
     * @param measurement with its limits
     * @return such as "usual 0.20 s .. 0.60 s"
     */
    public String usual(Measurement measurement) {
        String most = time(measurement.usualTo());
        return measurement.usualFrom() == 0
                ? of("usual.upTo") + " " + most
                : of("usual") + " " + time(measurement.usualFrom()) + " .. " + most;
    }

    /** Whether {@code console} can print all of it. */
    public boolean canBePrintedIn(Charset console) {
        return console.canEncode()
                && texts.values().stream().allMatch(text -> console.newEncoder().canEncode(text.toString()));
    }
}
