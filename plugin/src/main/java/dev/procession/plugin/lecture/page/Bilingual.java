package dev.procession.plugin.lecture.page;

import dev.procession.plugin.lecture.Language;
import dev.procession.plugin.lecture.Measurement;
import dev.procession.plugin.lecture.Texts;
import dev.procession.plugin.lecture.Topic;
import dev.procession.plugin.timeline.PageText;

/**
 * The texts of the lecture in both languages, for pages.
 *
 * @param english one of them
 * @param ukrainian the other one
 */
public record Bilingual(Texts english, Texts ukrainian) {

    public Bilingual() {
        this(new Texts(Language.EN), new Texts(Language.UK));
    }

    PageText of(String key) {
        return new PageText(english.of(key), ukrainian.of(key));
    }

    PageText of(Topic topic, String key) {
        return new PageText(english.of(topic, key), ukrainian.of(topic, key));
    }

    /** How long something was; a number is not parted from its unit at the end of a line. */
    public PageText time(long nanos) {
        return new PageText(unbroken(english.time(nanos)), unbroken(ukrainian.time(nanos)));
    }

    /** What is usual for a measurement. */
    PageText usual(Measurement measurement) {
        return new PageText(english.usual(measurement), ukrainian.usual(measurement));
    }

    private static String unbroken(String amount) {
        return amount.replace(' ', '\u00a0');
    }

    boolean has(Topic topic, String key) {
        return english.has(topic, key);
    }
}
