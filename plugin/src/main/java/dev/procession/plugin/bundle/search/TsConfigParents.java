package dev.procession.plugin.bundle.search;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a {@code tsconfig.json} extends, as the engine does: a file beside it, or one in a package of a
 * {@code node_modules} above it. Takes down what was looked at on the way, since it decides which file is found.
 */
final class TsConfigParents {
    private final Set<Path> files;
    private final Set<Path> absent;

    /**
     * @param files hears of files that were read
     * @param absent hears of what was looked for and is not there
     */
    TsConfigParents(Set<Path> files, Set<Path> absent) {
        this.files = files;
        this.absent = absent;
    }

    /** The files that are meant: at most one, but for conditions in a package's exports, of which all count. */
    List<Path> of(Path directory, String extended) {
        if (extended.isEmpty()) {
            return List.of();
        }
        boolean up = extended.equals(".") || extended.equals("..");
        if (!up && !extended.startsWith("./") && !extended.startsWith("../") && !isAbsolute(extended)) {
            return inPackages(directory, extended);
        }
        String name = up ? extended + "/tsconfig.json" : extended;
        List<String> names = name.endsWith(".json") ? List.of(name) : List.of(name, name + ".json");
        return first(directory, names);
    }

    private static boolean isAbsolute(String name) {
        return name.startsWith("/") || TsConfig.resolve(Path.of(""), name).isAbsolute();
    }

    private List<Path> inPackages(Path directory, String extended) {
        int slash = extended.indexOf('/', extended.startsWith("@") ? extended.indexOf('/') + 1 : 0);
        String name = slash < 0 ? extended : extended.substring(0, slash);
        for (Path place = directory; place != null; place = place.getParent()) {
            Path own = place.getFileName();
            if (own != null && own.toString().equals("node_modules")) {
                continue;
            }
            Path packages = place.resolve("node_modules");
            if (isThere(packages)) {
                List<Path> found = inPackage(packages, name, extended);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return List.of();
    }

    private List<Path> inPackage(Path packages, String name, String extended) {
        Path folder = TsConfig.resolve(packages, name);
        Path manifest = folder.resolve("package.json");
        String file = extended;
        if (isThere(manifest)) {
            files.add(manifest);
            JsonObject json = read(manifest);
            if (json.get("exports") != null) {
                List<String> targets = targets(json.get("exports"), "." + extended.substring(name.length()));
                List<Path> exported = all(folder, targets);
                if (!exported.isEmpty()) {
                    return exported;
                }
            }
            String named = string(json.get("tsconfig"));
            if (named != null) {
                file = name + "/" + named;
            }
        }
        return first(packages, List.of(file + "/tsconfig.json", file, file + ".json"));
    }

    private List<Path> first(Path directory, List<String> names) {
        for (String name : names) {
            Path file = TsConfig.resolve(directory, name);
            if (isThere(file) && Files.isRegularFile(file)) {
                return List.of(file);
            }
        }
        return List.of();
    }

    private List<Path> all(Path directory, List<String> names) {
        List<Path> found = new ArrayList<>();
        for (String name : names) {
            found.addAll(first(directory, List.of(name)));
        }
        return found;
    }

    private boolean isThere(Path file) {
        boolean there = Files.exists(file);
        if (!there) {
            absent.add(file);
        }
        return there;
    }

    private static JsonObject read(Path manifest) {
        try (Reader text = Files.newBufferedReader(manifest, StandardCharsets.UTF_8)) {
            JsonElement json = JsonParser.parseReader(text);
            return json.isJsonObject() ? json.getAsJsonObject() : new JsonObject();
        } catch (IOException | JsonParseException e) {
            // The engine says what is wrong with it.
            return new JsonObject();
        }
    }

    private static @Nullable String string(@Nullable JsonElement json) {
        return json != null
                        && json.isJsonPrimitive()
                        && json.getAsJsonPrimitive().isString()
                ? json.getAsString()
                : null;
    }

    /** Where a package's exports lead for a subpath, under whatever conditions. */
    private static List<String> targets(JsonElement exports, String subpath) {
        List<String> targets = new ArrayList<>();
        boolean subpaths = exports.isJsonObject()
                && exports.getAsJsonObject().keySet().stream().anyMatch(key -> key.startsWith("."));
        if (!subpaths) {
            if (subpath.equals(".")) {
                leaves(exports, "", targets);
            }
            return targets;
        }
        exports.getAsJsonObject().entrySet().forEach(entry -> {
            String rest = rest(entry.getKey(), subpath);
            if (rest != null) {
                leaves(entry.getValue(), rest, targets);
            }
        });
        return targets;
    }

    /** What the star of a pattern stands for in a text; null if the text is none of the pattern. */
    static @Nullable String rest(String pattern, String text) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(text) ? "" : null;
        }
        String before = pattern.substring(0, star);
        String after = pattern.substring(star + 1);
        boolean matches =
                text.length() >= before.length() + after.length() && text.startsWith(before) && text.endsWith(after);
        return matches ? text.substring(before.length(), text.length() - after.length()) : null;
    }

    private static void leaves(JsonElement json, String rest, List<String> targets) {
        String target = string(json);
        if (target != null) {
            targets.add(target.replace("*", rest));
        } else if (json.isJsonArray()) {
            json.getAsJsonArray().forEach(each -> leaves(each, rest, targets));
        } else if (json.isJsonObject()) {
            json.getAsJsonObject().entrySet().forEach(each -> leaves(each.getValue(), rest, targets));
        }
    }
}
