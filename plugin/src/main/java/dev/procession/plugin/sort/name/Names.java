package dev.procession.plugin.sort.name;

import java.util.Locale;

/** What becomes of names, as the user says it. */
public enum Names {
    KEEP,
    NFC,
    WINDOWS,
    TRANSLITERATE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public NameRule rule() {
        return switch (this) {
            case KEEP -> NameRule.KEEP;
            case NFC -> new NfcNames();
            case WINDOWS -> WindowsNames.RULE;
            case TRANSLITERATE -> new TransliteratedNames();
        };
    }
}
