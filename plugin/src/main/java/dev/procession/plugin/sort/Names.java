package dev.procession.plugin.sort;

import java.util.Locale;

/** What becomes of names, as the user says it. */
enum Names {
    KEEP,
    NFC,
    WINDOWS,
    TRANSLITERATE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    NameRule rule() {
        return switch (this) {
            case KEEP -> NameRule.KEEP;
            case NFC -> new NfcNames();
            case WINDOWS -> WindowsNames.RULE;
            case TRANSLITERATE -> new TransliteratedNames();
        };
    }
}
