package dev.procession.plugin.sort.name;

import java.text.Normalizer;

/** Accented letters in their composed form, as all systems but macOS write them. What is no UTF-8 stays as it is. */
record NfcNames() implements NameRule {
    @Override
    public String apply(String name) {
        return RawName.unicode(name)
                .map(text -> FittedName.of(name, RawName.ofUnicode(Normalizer.normalize(text, Normalizer.Form.NFC))))
                .orElse(name);
    }
}
