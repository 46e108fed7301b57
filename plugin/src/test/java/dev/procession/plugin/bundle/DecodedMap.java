package dev.procession.plugin.bundle;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A source map read by the letter of ECMA-426, with no code of the writer's. */
record DecodedMap(
        JsonObject json,
        List<String> sources,
        List<String> contents,
        List<Segment> segments,
        Map<Integer, Integer> named,
        List<String> names) {

    record Segment(int line, int column, int source, int sourceLine, int sourceColumn) {}

    static DecodedMap parse(String text) {
        JsonObject json = JsonParser.parseString(text).getAsJsonObject();
        List<Segment> segments = new ArrayList<>();
        int source = 0;
        int sourceLine = 0;
        int sourceColumn = 0;
        int name = 0;
        Map<Integer, Integer> named = new HashMap<>();
        String[] lines = json.get("mappings").getAsString().split(";", -1);
        for (int line = 0; line < lines.length; line++) {
            int column = 0;
            for (String segment : lines[line].split(",", -1)) {
                if (segment.isEmpty()) {
                    continue;
                }
                int[] numbers = numbers(segment);
                if (numbers.length == 1) {
                    column += numbers[0];
                    segments.add(new Segment(line, column, -1, -1, -1));
                    continue;
                }
                if (numbers.length == 5) {
                    name += numbers[4];
                    named.put(segments.size(), name);
                } else if (numbers.length != 4) {
                    throw new AssertionError("segment " + segment + " on line " + line);
                }
                column += numbers[0];
                source += numbers[1];
                sourceLine += numbers[2];
                sourceColumn += numbers[3];
                segments.add(new Segment(line, column, source, sourceLine, sourceColumn));
            }
        }
        return new DecodedMap(
                json, strings(json, "sources"), strings(json, "sourcesContent"), segments, named, strings(json, "names"));
    }

    private static List<String> strings(JsonObject json, String name) {
        JsonArray array = json.getAsJsonArray(name);
        List<String> strings = new ArrayList<>();
        for (JsonElement element : array) {
            strings.add(element.isJsonNull() ? null : element.getAsString());
        }
        return strings;
    }

    private static int[] numbers(String segment) {
        String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        List<Integer> numbers = new ArrayList<>();
        int value = 0;
        int shift = 0;
        for (int i = 0; i < segment.length(); i++) {
            int digit = digits.indexOf(segment.charAt(i));
            value |= (digit & 31) << shift;
            shift += 5;
            if (digit < 32) {
                numbers.add((value & 1) == 0 ? value >> 1 : -(value >> 1));
                value = 0;
                shift = 0;
            }
        }
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    /** What a position was called in its source, or empty. */
    String nameAt(int line, int column) {
        Integer name = named.get(segments.indexOf(at(line, column)));
        return name == null ? "" : names.get(name);
    }

    /** Where a position of the bundle comes from, as a debugger asks. */
    Segment at(int line, int column) {
        Segment best = null;
        for (Segment segment : segments) {
            if (segment.line() == line && segment.column() <= column) {
                best = segment;
            }
        }
        if (best == null) {
            throw new AssertionError("nothing is mapped at " + line + ":" + column);
        }
        return best;
    }
}
