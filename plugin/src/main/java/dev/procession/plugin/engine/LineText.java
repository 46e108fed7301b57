package dev.procession.plugin.engine;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The engine counts columns in bytes and sends the whole line, however long; people count characters and read little. */
final class LineText {
    /** What a terminal shows in one line, about. */
    private static final int LONGEST = 160;

    private static final int BEFORE = 60;

    private LineText() {}

    static EngineMessage.@Nullable Location location(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> fields)) {
            return null;
        }
        String line = String.valueOf(fields.get("lineText"));
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        int begin = Math.min(number(fields.get("column")), bytes.length);
        int end = Math.min(begin + number(fields.get("length")), bytes.length);
        return location(
                String.valueOf(fields.get("file")),
                number(fields.get("line")),
                characters(bytes, 0, begin),
                characters(bytes, begin, end),
                line,
                String.valueOf(fields.get("suggestion")));
    }

    /** With the part of the line that is shown. */
    static EngineMessage.Location location(
            String file, int number, int column, int length, String line, String suggestion) {
        int from = 0;
        int to = line.length();
        if (to > LONGEST) {
            from = Math.max(0, Math.min(column - BEFORE, to - LONGEST));
            to = Math.min(to, from + LONGEST);
            // Half of a character would be shown as a question mark.
            if (from > 0 && Character.isLowSurrogate(line.charAt(from))) {
                from++;
            }
            if (to < line.length() && Character.isHighSurrogate(line.charAt(to - 1))) {
                to--;
            }
        }
        return new EngineMessage.Location(file, number, column, length, line.substring(from, to), from, suggestion);
    }

    private static int number(@Nullable Object value) {
        return value instanceof Integer number ? number : 0;
    }

    private static int characters(byte[] utf8, int from, int to) {
        return new String(utf8, from, to - from, StandardCharsets.UTF_8).length();
    }
}
