package dev.procession.plugin.lecture;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A language that the lecture is given in. */
public enum Language {
    EN,
    UK;

    /** The one that was typed, or else the one of the locale; English when there are no texts in that. */
    public static Language choose(@Nullable String typed, Locale locale) {
        if (typed == null || typed.isBlank()) {
            return locale.getLanguage().equals(UK.code()) ? UK : EN;
        }
        for (Language language : values()) {
            if (language.code().equals(typed.strip().toLowerCase(Locale.ROOT))) {
                return language;
            }
        }
        throw new LectureFailedException(
                "<language> (procession.demo.language) must be en (English) or uk (Ukrainian): language=" + typed);
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
