package dev.procession.plugin.npm;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * Finds the packages in a jar. Both kinds of jars have grown over the years, so the layout is taken from where the
 * {@code package.json} is rather than from the names of folders:
 *
 * <ul>
 *   <li>WebJars: {@code webjars/<name>/<version>/}, where a scoped name is {@code scope__name} or {@code @scope/name}. Classic
 *       WebJars are made by hand and often have no {@code package.json}; they get one.
 *   <li>mvnpm: {@code _static/<name>/<version>/}, {@code _static/<name>/} or with more folders between; a jar may hold
 *       several packages. An old jar without a {@code package.json} has an import map, and gets one made from that.
 * </ul>
 *
 * <p>A {@code package.json} below another one belongs to that package: for a subpath, or a package that it brings along in
 * {@code node_modules}.
 */
final class PackageRoots {
    private static final String FILE = "package.json";
    /** A package.json with more than this is no package.json. */
    private static final int LONGEST = 4 << 20;

    private final Contents contents;
    private final SortedSet<String> names;

    private PackageRoots(Contents contents) {
        this.contents = contents;
        this.names = contents.names();
    }

    /** The packages in the order of their folders; none lies in another. */
    static List<PackageRoot> of(Contents contents) throws IOException {
        PackageRoots roots = new PackageRoots(contents);
        List<PackageRoot> found = new ArrayList<>();
        for (String prefix : roots.webJars()) {
            found.add(roots.webJar(prefix));
        }
        for (String prefix : roots.statics()) {
            found.add(roots.withOwn(prefix).orElseGet(() -> madeUp(prefix, nameInPath(prefix, Contents.STATIC), "")));
        }
        if (found.isEmpty()) {
            roots.ofImportMap().ifPresent(found::add);
        }
        return found;
    }

    private Set<String> webJars() {
        Set<String> prefixes = new LinkedHashSet<>();
        for (String name : names) {
            if (!name.startsWith(Contents.WEBJARS)) {
                continue;
            }
            int afterName = name.indexOf('/', Contents.WEBJARS.length());
            if (afterName > 0 && name.charAt(Contents.WEBJARS.length()) == '@') {
                afterName = name.indexOf('/', afterName + 1);
            }
            int afterVersion = afterName < 0 ? -1 : name.indexOf('/', afterName + 1);
            if (afterName > 0 && names.contains(name.substring(0, afterName + 1) + FILE)) {
                prefixes.add(name.substring(0, afterName + 1));
            } else if (afterVersion > 0) {
                prefixes.add(name.substring(0, afterVersion + 1));
            }
        }
        return prefixes;
    }

    private PackageRoot webJar(String prefix) throws IOException {
        Optional<PackageRoot> own = withOwn(prefix);
        if (own.isPresent()) {
            return own.get();
        }
        String name = nameInPath(prefix, Contents.WEBJARS);
        return madeUp(prefix, name, mainOf(prefix, name).orElse(""));
    }

    /** What an import of a package by its bare name means when nobody says it. */
    private Optional<String> mainOf(String prefix, String name) throws IOException {
        Optional<String> stated = names.contains(prefix + "bower.json")
                ? PackageJson.parse(text(prefix + "bower.json")).flatMap(PackageJson::main)
                : Optional.empty();
        return Stream.concat(
                        stated.stream(),
                        Stream.of(
                                "index.js",
                                name + ".js",
                                "dist/" + name + ".js",
                                "js/" + name + ".js",
                                "dist/js/" + name + ".js",
                                name + ".min.js",
                                "dist/" + name + ".min.js"))
                .filter(file -> names.contains(prefix + file))
                .findFirst();
    }

    private List<String> statics() {
        List<String> prefixes = new ArrayList<>();
        names.stream()
                .filter(name -> name.startsWith(Contents.STATIC) && name.endsWith("/" + FILE))
                .sorted(Comparator.comparingLong((String name) ->
                                name.chars().filter(c -> c == '/').count())
                        .thenComparing(Comparator.naturalOrder()))
                .map(name -> name.substring(0, name.length() - FILE.length()))
                .filter(prefix -> prefix.length() > Contents.STATIC.length())
                .forEach(prefix -> {
                    if (prefixes.stream().noneMatch(prefix::startsWith)) {
                        prefixes.add(prefix);
                    }
                });
        return prefixes;
    }

    /** The package by its own package.json, which need not state its name: then the folder does. */
    private Optional<PackageRoot> withOwn(String prefix) throws IOException {
        if (!names.contains(prefix + FILE)) {
            return Optional.empty();
        }
        String place = prefix.startsWith(Contents.WEBJARS) ? Contents.WEBJARS : Contents.STATIC;
        return PackageJson.parse(text(prefix + FILE))
                .map(json -> new PackageRoot(
                        prefix,
                        json.name().orElseGet(() -> nameInPath(prefix, place)),
                        json.version().orElseGet(() -> versionInPath(prefix)),
                        json.licence(),
                        json.dependencies(),
                        Optional.empty()));
    }

    /** "name/" leads to the package's folder, "name" to the file that it means. */
    private Optional<PackageRoot> ofImportMap() throws IOException {
        if (!names.contains(Contents.IMPORT_MAP)) {
            return Optional.empty();
        }
        Map<String, String> imports = ImportMap.parse(text(Contents.IMPORT_MAP));
        for (Map.Entry<String, String> entry : imports.entrySet()) {
            String name = entry.getKey();
            String prefix = "META-INF/resources" + entry.getValue();
            if (name.endsWith("/") && prefix.startsWith(Contents.STATIC) && prefix.endsWith("/")) {
                String bare = name.substring(0, name.length() - 1);
                String file = "META-INF/resources" + imports.getOrDefault(bare, "");
                return Optional.of(
                        madeUp(prefix, bare, file.startsWith(prefix) ? file.substring(prefix.length()) : ""));
            }
        }
        return Optional.empty();
    }

    private static PackageRoot madeUp(String prefix, String name, String main) {
        JsonObject json = new JsonObject();
        json.addProperty("name", name);
        json.addProperty("version", versionInPath(prefix));
        if (!main.isEmpty()) {
            json.addProperty("main", main);
        }
        return new PackageRoot(prefix, name, versionInPath(prefix), "", Map.of(), Optional.of(json + "\n"));
    }

    private static String nameInPath(String prefix, String place) {
        String[] folders = prefix.substring(place.length()).split("/", -1);
        if (folders[0].startsWith("@") && folders.length > 2) {
            return folders[0] + "/" + folders[1];
        }
        int scope = folders[0].indexOf("__");
        return scope > 0 ? "@" + folders[0].substring(0, scope) + "/" + folders[0].substring(scope + 2) : folders[0];
    }

    private static String versionInPath(String prefix) {
        String[] folders = prefix.split("/");
        String last = folders[folders.length - 1];
        return !last.isEmpty() && Character.isDigit(last.charAt(0)) ? last : "";
    }

    private String text(String name) throws IOException {
        try (InputStream in = contents.open(name)) {
            return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8);
        }
    }
}
