package dev.procession.plugin.sort.name;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Ukrainian names in Latin letters, by the national standard [1]; its table is {@code kmu-55.txt}. Letters of other alphabets,
 * and names that are no UTF-8, stay as they are.
 *
 * <p>[1] Resolution 55 of the Cabinet of Ministers of Ukraine, 27 January 2010.
 */
final class TransliteratedNames implements NameRule {
    private static final String RESOURCE = "kmu-55.txt";
    private static final String APOSTROPHES = "'\u2019\u02bc\u2018`\u2032";

    /** Of one letter, or of two that are something else together, in lower case. */
    private final Map<String, Latin> table = new HashMap<>();

    private record Latin(String atBeginning, String elsewhere) {}

    TransliteratedNames() {
        try (InputStream resource = TransliteratedNames.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is not in the plugin");
            }
            new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.replace("-", "").split(" ", -1))
                    .forEach(words -> table.put(words[0], new Latin(words[1], words[words.length - 1])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String apply(String name) {
        return RawName.unicode(name)
                .map(text -> FittedName.of(name, RawName.ofUnicode(latin(text))))
                .orElse(name);
    }

    /** A text in Latin letters. */
    String latin(String text) {
        if (text.chars().allMatch(c -> c < 128)) {
            return text;
        }
        // The short i may come as two characters.
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        StringBuilder latin = new StringBuilder(composed.length() + 16);
        boolean inWord = false;
        for (int i = 0; i < composed.length(); ) {
            char c = composed.charAt(i);
            int length = i + 1 < composed.length() && table.containsKey(lower(composed.substring(i, i + 2))) ? 2 : 1;
            Latin found = table.get(lower(composed.substring(i, i + length)));
            if (found != null) {
                String plain = inWord ? found.elsewhere() : found.atBeginning();
                latin.append(cased(plain, composed, i, length));
                inWord = true;
            } else if (!isInnerApostrophe(composed, i)) {
                latin.append(c);
                // A stress mark ends no word.
                inWord = Character.isLetter(c) || (inWord && Character.getType(c) == Character.NON_SPACING_MARK);
            }
            i += length;
        }
        return latin.toString();
    }

    /** Between two letters of the table; elsewhere it is a quotation mark, or belongs to another language. */
    private boolean isInnerApostrophe(String text, int at) {
        return APOSTROPHES.indexOf(text.charAt(at)) >= 0
                && at > 0
                && at + 1 < text.length()
                && isKnown(text.charAt(at - 1))
                && isKnown(text.charAt(at + 1));
    }

    private boolean isKnown(char c) {
        return table.containsKey(lower(String.valueOf(c)));
    }

    /** A capital that becomes several letters is Shch in a name, and SHCH among capitals. */
    private static String cased(String plain, String text, int at, int length) {
        if (!Character.isUpperCase(text.charAt(at)) || plain.isEmpty()) {
            return plain;
        }
        boolean amongCapitals;
        int next = at + length;
        if (length > 1) {
            amongCapitals = Character.isUpperCase(text.charAt(at + 1));
        } else if (next < text.length() && Character.isLetter(text.charAt(next))) {
            amongCapitals = Character.isUpperCase(text.charAt(next));
        } else {
            amongCapitals = at > 0 && Character.isUpperCase(text.charAt(at - 1));
        }
        return amongCapitals
                ? plain.toUpperCase(Locale.ROOT)
                : plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
