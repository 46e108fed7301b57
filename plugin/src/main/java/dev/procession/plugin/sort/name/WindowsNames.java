package dev.procession.plugin.sort.name;

import java.util.Locale;
import java.util.Set;

/**
 * Names that Windows takes too: none of the characters that mean something to it, none of the names of its devices, no
 * blank or dot at the end. Bytes that are no UTF-8 become {@code %E9}, since there a name is text.
 */
public record WindowsNames() implements NameRule {
    public static final WindowsNames RULE = new WindowsNames();

    private static final String ILLEGAL = "<>:\"/\\|?*";

    /** Reserved with any extension, too. */
    private static final Set<String> DEVICES = Set.of(
            "CON",
            "PRN",
            "AUX",
            "NUL",
            "CONIN$",
            "CONOUT$",
            "COM0",
            "COM1",
            "COM2",
            "COM3",
            "COM4",
            "COM5",
            "COM6",
            "COM7",
            "COM8",
            "COM9",
            "COM\u00b9",
            "COM\u00b2",
            "COM\u00b3",
            "LPT0",
            "LPT1",
            "LPT2",
            "LPT3",
            "LPT4",
            "LPT5",
            "LPT6",
            "LPT7",
            "LPT8",
            "LPT9",
            "LPT\u00b9",
            "LPT\u00b2",
            "LPT\u00b3");

    /** Windows counts UTF-16 units; the bytes of the raw name are never fewer. */
    @Override
    public String apply(String name) {
        String text = RawName.unicode(name).orElseGet(() -> escaped(name));
        StringBuilder legal = new StringBuilder(text.length() + 1);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            legal.append(c < ' ' || ILLEGAL.indexOf(c) >= 0 ? '_' : c);
        }
        String trimmed = withoutTail(FittedName.of(name, RawName.ofUnicode(unreserved(withoutTail(legal.toString())))));
        return trimmed.isEmpty() ? "_" : trimmed;
    }

    /** Whether Windows takes this text, up to its first dot, for a device. */
    static boolean isDevice(String text) {
        int dot = text.indexOf('.');
        String stem = dot < 0 ? text : text.substring(0, dot);
        return DEVICES.contains(stem.stripTrailing().toUpperCase(Locale.ROOT));
    }

    /** A device's name with an underscore before its first dot; any other name as it is. */
    public static String unreserved(String text) {
        if (!isDevice(text)) {
            return text;
        }
        int dot = text.indexOf('.');
        return dot < 0 ? text + "_" : text.substring(0, dot).stripTrailing() + "_" + text.substring(dot);
    }

    /** Windows itself drops blanks and dots at the end, silently, and does not find the file again. */
    private static String withoutTail(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '.')) {
            end--;
        }
        return text.substring(0, end);
    }

    private static String escaped(String raw) {
        StringBuilder text = new StringBuilder(raw.length() + 8);
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c < 128) {
                text.append(c);
            } else {
                text.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return text.toString();
    }
}
