package dev.procession.plugin.sort.name;

/** A name with a number before its extension: {@code a.txt} is {@code a (2).txt}, the second of its name. */
public final class NumberedName {
    /** The longest name, in bytes, on nearly all file systems. */
    static final int LONGEST = 255;

    private NumberedName() {}

    /** The raw name with the number; what would be too long loses the end of its stem, by whole characters. */
    public static String of(String name, int number) {
        int dot = name.startsWith(".") ? -1 : FolderRule.extensionDot(name);
        String stem = dot < 0 ? name : name.substring(0, dot);
        String end = " (" + number + ")" + (dot < 0 ? "" : name.substring(dot));
        return cut(stem, LONGEST - end.length()) + end;
    }

    /** The first bytes, by whole characters. */
    static String cut(String stem, int length) {
        if (stem.length() <= length) {
            return stem;
        }
        int end = length;
        // A byte 10xxxxxx goes on with the character of the bytes before it.
        while (end > 1 && (stem.charAt(end) & 0xC0) == 0x80) {
            end--;
        }
        return stem.substring(0, end);
    }
}
