package dev.procession.plugin.npm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An unpacked jar in the cache: a folder named after the jar's content, with a folder for each package and a list of it all.
 *
 * <pre>{@code
 * procession npm unit 1
 * package lit 3.3.2 BSD-3-Clause
 * licence LICENSE
 * needs lit-html ^3.3.0
 * file 1517 LICENSE
 * file 812 decorators/base.js
 * range org.webjars.npm:lit-html [3.3.0,4.0.0-0)
 * left META-INF/resources/webjars/lit/3.3.2/aux.js a name that Windows keeps for a device
 * end 1c291ca3
 * }</pre>
 *
 * @param key the jar's content, as a hash
 * @param directory where it is
 * @param packages in the order of the jar; the folder of each is its number
 * @param ranges the versions that the jar's pom leaves open, by {@code groupId:artifactId}
 * @param leftOut what was not unpacked and why, in words
 */
record Unit(String key, Path directory, List<Content> packages, Map<String, String> ranges, List<String> leftOut) {
    private static final String HEAD = "procession npm unit 1";
    private static final String LIST = "list";

    /**
     * A package in it.
     *
     * @param number its place in the jar, and the name of its folder
     * @param files the sizes by name, in the order in which they were written
     */
    record Content(
            int number,
            String name,
            String version,
            String licence,
            List<String> licenceFiles,
            Map<String, String> dependencies,
            Map<String, Long> files) {}

    /** Where a package's files are. */
    Path directory(Content content) {
        return directory.resolve(Integer.toString(content.number()));
    }

    /** The unit in a folder, by its list; whether the files are there is seen when they are used. */
    static Optional<Unit> read(String key, Path directory) {
        try {
            Optional<List<String[]>> lines = RecordLines.read(directory.resolve(LIST), HEAD);
            return lines.isPresent() ? Optional.of(parse(key, directory, lines.get())) : Optional.empty();
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Unit parse(String key, Path directory, List<String[]> lines) {
        List<Content> packages = new ArrayList<>();
        Map<String, String> ranges = new LinkedHashMap<>();
        List<String> leftOut = new ArrayList<>();
        for (String[] words : lines) {
            switch (words[0]) {
                case "package" ->
                    packages.add(new Content(
                            packages.size(),
                            Escaped.plain(words[1]),
                            Escaped.plain(words[2]),
                            Escaped.plain(words[3]),
                            new ArrayList<>(),
                            new LinkedHashMap<>(),
                            new LinkedHashMap<>()));
                case "licence" -> last(packages).licenceFiles().add(Escaped.plain(words[1]));
                case "needs" -> last(packages).dependencies().put(Escaped.plain(words[1]), Escaped.plain(words[2]));
                case "file" -> last(packages).files().put(Escaped.plain(words[2]), Long.parseLong(words[1]));
                case "range" -> ranges.put(Escaped.plain(words[1]), Escaped.plain(words[2]));
                case "left" -> leftOut.add(Escaped.plain(words[1]));
                default -> throw new IllegalArgumentException(words[0]);
            }
        }
        return new Unit(key, directory, packages, ranges, leftOut);
    }

    /** Writes the list, which makes the folder whole. */
    void write() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Content content : packages) {
            lines.add("package " + Escaped.of(content.name()) + " " + Escaped.of(content.version()) + " "
                    + Escaped.of(content.licence()));
            content.licenceFiles().forEach(file -> lines.add("licence " + Escaped.of(file)));
            content.dependencies()
                    .forEach((name, range) -> lines.add("needs " + Escaped.of(name) + " " + Escaped.of(range)));
            content.files().forEach((file, size) -> lines.add("file " + size + " " + Escaped.of(file)));
        }
        ranges.forEach((name, range) -> lines.add("range " + Escaped.of(name) + " " + Escaped.of(range)));
        leftOut.forEach(entry -> lines.add("left " + Escaped.of(entry)));
        RecordLines.write(directory.resolve(LIST), HEAD, lines);
    }

    private static Content last(List<Content> packages) {
        return packages.get(packages.size() - 1);
    }
}
