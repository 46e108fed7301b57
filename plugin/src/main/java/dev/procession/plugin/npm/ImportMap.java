package dev.procession.plugin.npm;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code imports} of an import map: which specifier leads to which URL. */
final class ImportMap {
    private ImportMap() {}

    /** Nothing when the text is no import map. */
    static Map<String, String> parse(String text) {
        Map<String, String> imports = new LinkedHashMap<>();
        try {
            JsonElement root = JsonParser.parseString(text);
            if (root instanceof JsonObject object && object.get("imports") instanceof JsonObject map) {
                map.entrySet().forEach(entry -> {
                    if (entry.getValue().isJsonPrimitive()) {
                        imports.put(entry.getKey(), entry.getValue().getAsString());
                    }
                });
            }
            return imports;
        } catch (JsonParseException | StackOverflowError e) {
            return Map.of();
        }
    }
}
