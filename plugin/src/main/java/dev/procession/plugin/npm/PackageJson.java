package dev.procession.plugin.npm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a package says of itself. A field of the wrong kind counts as absent, as npm has it. */
final class PackageJson {
    private final JsonObject fields;

    private PackageJson(JsonObject fields) {
        this.fields = fields;
    }

    /** Reads the text of a {@code package.json}; empty when it is no JSON object. */
    static Optional<PackageJson> parse(String text) {
        try {
            JsonElement root = JsonParser.parseString(text.startsWith("\uFEFF") ? text.substring(1) : text);
            return root.isJsonObject() ? Optional.of(new PackageJson(root.getAsJsonObject())) : Optional.empty();
        } catch (JsonParseException | StackOverflowError e) {
            // Gson's parser descends by recursion; a text that is nested deeper than the stack is no package.json.
            return Optional.empty();
        }
    }

    Optional<String> name() {
        return string(fields.get("name"));
    }

    Optional<String> version() {
        return string(fields.get("version"));
    }

    /** The licence as SPDX has it, or in the older forms. */
    String licence() {
        List<String> found = new ArrayList<>();
        addLicence(fields.get("license"), found);
        if (found.isEmpty() && fields.get("licenses") instanceof JsonArray all) {
            all.forEach(licence -> addLicence(licence, found));
        }
        return found.stream().distinct().collect(Collectors.joining(" OR "));
    }

    private static void addLicence(@Nullable JsonElement licence, List<String> found) {
        string(licence instanceof JsonObject object ? object.get("type") : licence)
                .ifPresent(found::add);
    }

    /** The packages that it needs, with the ranges of their versions. */
    Map<String, String> dependencies() {
        Map<String, String> found = new LinkedHashMap<>();
        if (fields.get("dependencies") instanceof JsonObject all) {
            all.entrySet()
                    .forEach(entry -> string(entry.getValue()).ifPresent(range -> found.put(entry.getKey(), range)));
        }
        return found;
    }

    /**
     * The subpaths that an import may name, such as {@code .} and {@code ./decorators.js}, with patterns as they stand; empty
     * when the package does not restrict them.
     */
    Optional<List<String>> exports() {
        JsonElement exports = fields.get("exports");
        if (exports == null || exports.isJsonNull()) {
            return Optional.empty();
        }
        if (!exports.isJsonObject()) {
            return Optional.of(List.of("."));
        }
        List<String> subpaths = new ArrayList<>();
        exports.getAsJsonObject().entrySet().forEach(entry -> {
            if (entry.getKey().startsWith(".") && !entry.getValue().isJsonNull()) {
                subpaths.add(entry.getKey());
            }
        });
        // Without subpaths the keys are conditions, all of them for the package itself.
        return Optional.of(subpaths.isEmpty() ? List.of(".") : subpaths);
    }

    /** The value of {@code main} in a {@code bower.json}, which may be a list. */
    Optional<String> main() {
        JsonElement main = fields.get("main");
        if (main instanceof JsonArray all) {
            return all.asList().stream()
                    .flatMap(file -> string(file).stream())
                    .filter(file -> file.endsWith(".js"))
                    .findFirst();
        }
        return string(main);
    }

    private static Optional<String> string(@Nullable JsonElement value) {
        return value != null
                        && value.isJsonPrimitive()
                        && value.getAsJsonPrimitive().isString()
                ? Optional.of(value.getAsString())
                : Optional.empty();
    }
}
