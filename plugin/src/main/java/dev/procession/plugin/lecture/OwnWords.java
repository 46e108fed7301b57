package dev.procession.plugin.lecture;

import java.util.Properties;

/**
 * What a project says of its own example, in one language or both. What it does not say has no text but its key: an example
 * is played also where nobody has written a word for it.
 *
 * @param english perhaps empty
 * @param ukrainian perhaps empty
 */
record OwnWords(Properties english, Properties ukrainian) {

    boolean has(String key) {
        return english.containsKey(key) || ukrainian.containsKey(key);
    }

    String of(Language language, String key, String otherwise) {
        Properties first = language == Language.UK ? ukrainian : english;
        Properties second = language == Language.UK ? english : ukrainian;
        return first.getProperty(key, second.getProperty(key, otherwise));
    }
}
