package dev.procession.plugin.npm;

import dev.procession.plugin.report.NearestName;
import dev.procession.plugin.work.FileName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Words the way out for an import that nothing provides. */
final class WayOut {
    private static final int SHOWN_EXPORTS = 12;
    private static final Pattern BARE = Pattern.compile("(@[^/]+/[^/]+|[^/@][^/]*)(?:/(.*))?");
    private static final Pattern LOWEST = Pattern.compile("(?:[\\^~]|>=)?\\s*(\\d+\\.\\d+\\.\\d+\\S*)");
    /** What Node has built in; a browser has none of it. */
    private static final Set<String> OF_NODE = Set.of(
            "assert",
            "async_hooks",
            "buffer",
            "child_process",
            "cluster",
            "console",
            "constants",
            "crypto",
            "dgram",
            "dns",
            "domain",
            "events",
            "fs",
            "http",
            "http2",
            "https",
            "inspector",
            "module",
            "net",
            "os",
            "path",
            "perf_hooks",
            "process",
            "punycode",
            "querystring",
            "readline",
            "repl",
            "stream",
            "string_decoder",
            "sys",
            "timers",
            "tls",
            "tty",
            "url",
            "util",
            "v8",
            "vm",
            "wasi",
            "worker_threads",
            "zlib");

    private final List<NpmPackage> packages;

    WayOut(List<NpmPackage> packages) {
        this.packages = packages;
    }

    MissingPackage of(String importName) {
        Matcher bare = BARE.matcher(importName);
        if (importName.startsWith(".")
                || importName.startsWith("/")
                || importName.startsWith("#")
                || importName.startsWith("~")
                || !bare.matches()) {
            return new MissingPackage(importName, "", alias(importName));
        }
        String name = bare.group(1);
        if (importName.startsWith("node:") || OF_NODE.contains(name)) {
            return new MissingPackage(
                    importName,
                    name,
                    importName
                            + " is a part of Node, and a browser has none; set <platform>node</platform> if it is for Node,"
                            + " name it in <externals>, or take a package that needs no Node");
        }
        Optional<NpmPackage> there =
                packages.stream().filter(each -> each.name().equals(name)).findFirst();
        String subpath = bare.group(2);
        return new MissingPackage(
                importName,
                name,
                there.isPresent() ? noSubpath(there.get(), subpath == null ? "" : subpath) : noPackage(name));
    }

    private static String alias(String importName) {
        if (importName.length() > 1 && importName.startsWith("~") && importName.charAt(1) != '/') {
            return "the ~ before a package means something to webpack alone; write " + importName.substring(1);
        }
        return importName.startsWith("@/") || importName.startsWith("~/")
                ? importName + " is no name of a package; if it is an alias of yours, state it in <alias> or in the"
                        + " paths of tsconfig.json"
                : "";
    }

    private String noPackage(String name) {
        StringBuilder advice =
                new StringBuilder("no dependency of the project or of the plugin has the npm package ").append(name);
        NearestName nearest = new NearestName(name);
        packages.forEach(each -> nearest.consider(each.name()));
        nearest.nearest()
                .ifPresent(
                        found -> advice.append("; did you mean ").append(found).append('?'));
        Optional<Asker> asker = asker(name);
        asker.ifPresent(each -> advice.append(" (")
                .append(each.user().name())
                .append(' ')
                .append(each.user().version())
                .append(" asks for ")
                .append(each.range())
                .append(')'));
        String version = asker.map(Asker::range)
                .map(LOWEST::matcher)
                .filter(Matcher::lookingAt)
                .map(lowest -> lowest.group(1))
                .orElse("VERSION");
        boolean scoped = name.startsWith("@");
        int slash = name.indexOf('/');
        String scope = scoped ? name.substring(1, slash) : "";
        String rest = scoped ? name.substring(slash + 1) : name;
        return advice.append(System.lineSeparator())
                .append("add it to the project's dependencies, from mvnpm or as a WebJar:")
                .append(dependency(scoped ? "org.mvnpm.at." + scope : "org.mvnpm", rest, version))
                .append(dependency("org.webjars.npm", scoped ? scope + "__" + rest : rest, version))
                .toString();
    }

    private static String dependency(String groupId, String artifactId, String version) {
        return System.lineSeparator() + "  <dependency><groupId>" + groupId + "</groupId><artifactId>" + artifactId
                + "</artifactId><version>" + version + "</version></dependency>";
    }

    /** Who needs the package, and which versions of it. */
    private record Asker(NpmPackage user, String range) {}

    private Optional<Asker> asker(String name) {
        return packages.stream()
                .flatMap(each ->
                        json(each)
                                .map(json -> json.dependencies().get(name))
                                .map(range -> new Asker(each, range))
                                .stream())
                .findFirst();
    }

    private String noSubpath(NpmPackage there, String subpath) {
        String shown = there.name() + " " + there.version() + " (" + there.coordinates() + ")";
        Optional<List<String>> exports = json(there).flatMap(PackageJson::exports);
        List<String> offered = exports.map(paths -> paths.stream()
                        .map(path -> path.equals(".") ? there.name() : there.name() + path.substring(1))
                        .toList())
                .orElseGet(() -> files(there));
        String wanted = subpath.isEmpty() ? there.name() : there.name() + "/" + subpath;
        if (offered.contains(wanted)) {
            return shown + " is there and has " + wanted
                    + ", but for other conditions than those of this bundle; look at the exports in its package.json";
        }
        StringBuilder advice = new StringBuilder(shown).append(" is there, but ");
        if (subpath.isEmpty()) {
            advice.append("does not say what an import of it means; name a file of it");
        } else {
            advice.append(exports.isPresent() ? "exports no \"./" : "has no file \"")
                    .append(subpath)
                    .append('"');
        }
        NearestName nearest = new NearestName(wanted);
        offered.forEach(nearest::consider);
        nearest.nearest()
                .ifPresent(
                        found -> advice.append("; did you mean ").append(found).append('?'));
        if (!offered.isEmpty() && exports.isPresent()) {
            advice.append(System.lineSeparator())
                    .append("it exports ")
                    .append(String.join(", ", offered.subList(0, Math.min(SHOWN_EXPORTS, offered.size()))));
            if (offered.size() > SHOWN_EXPORTS) {
                advice.append(" and ").append(offered.size() - SHOWN_EXPORTS).append(" more");
            }
        }
        return advice.toString();
    }

    private static Optional<PackageJson> json(NpmPackage each) {
        try {
            return PackageJson.parse(
                    Files.readString(each.directory().resolve("package.json"), StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The advice does without.
            return Optional.empty();
        }
    }

    /** What can be imported of a package that restricts nothing. */
    private static List<String> files(NpmPackage each) {
        List<String> names = new ArrayList<>();
        try (Stream<Path> all = Files.walk(each.directory())) {
            all.filter(Files::isRegularFile)
                    .map(file -> FileName.of(each.directory(), file))
                    .filter(file -> file.endsWith(".js") || file.endsWith(".mjs") || file.endsWith(".css"))
                    .sorted()
                    .forEach(file -> names.add(each.name() + "/" + file));
            return names;
        } catch (IOException e) {
            return List.of();
        }
    }
}
