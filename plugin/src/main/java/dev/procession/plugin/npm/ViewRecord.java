package dev.procession.plugin.npm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a view was made of and what is in it, in one small file.
 *
 * <pre>{@code
 * procession npm view 1
 * seen 1763811623000000000
 * source /home/me/.m2/repository/.../lit-3.3.2.jar 129598,1763811600123456789,(dev=fe00,ino=1234) org.webjars.npm:lit:3.3.2 -
 * warning lit%20is%20there%20twice...
 * tree lit 5d41402abc4b2a76b9719d911017c592ae3f1c22
 * package lit lit 3.3.2 org.webjars.npm:lit:3.3.2 BSD-3-Clause
 * licence LICENSE
 * fingerprint 7d793037a0760186574b0282f2f435e7c3a1b2d4
 * end 1c291ca3
 * }</pre>
 *
 * @param seenNanos when the sources were looked at, since the epoch
 * @param sources a line for each, in order
 * @param warnings to be said in every build, also when nothing changed
 * @param trees the folders in {@code node_modules} that are packages, and hashes of what is in them
 * @param packages those folders and the packages below them
 * @param fingerprint of all of it
 */
record ViewRecord(
        long seenNanos,
        List<String> sources,
        List<String> warnings,
        Map<String, String> trees,
        List<Entry> packages,
        String fingerprint) {
    private static final String HEAD = "procession npm view 1";

    /** A package, by its path below {@code node_modules}. */
    record Entry(
            String path, String name, String version, String coordinates, String licence, List<String> licenceFiles) {}

    /** Of a project without packages, which needs no folder. */
    static ViewRecord empty(List<String> warnings) {
        return new ViewRecord(0, List.of(), warnings, Map.of(), List.of(), "");
    }

    static String sourceLine(PackageSource source, SourceState state) {
        return state.path() + " " + state.stat() + " " + Escaped.of(source.coordinates()) + " "
                + Escaped.of(source.declaredVersion().orElse(""));
    }

    static Optional<ViewRecord> read(Path file) {
        try {
            Optional<List<String[]>> lines = RecordLines.read(file, HEAD);
            return lines.isPresent() ? Optional.of(parse(lines.get())) : Optional.empty();
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ViewRecord parse(List<String[]> lines) {
        long seenNanos = 0;
        List<String> sources = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        Map<String, String> trees = new LinkedHashMap<>();
        List<Entry> packages = new ArrayList<>();
        String fingerprint = "";
        for (String[] words : lines) {
            switch (words[0]) {
                case "seen" -> seenNanos = Long.parseLong(words[1]);
                case "source" -> sources.add(String.join(" ", List.of(words).subList(1, words.length)));
                case "warning" -> warnings.add(Escaped.plain(words[1]));
                case "tree" -> trees.put(Escaped.plain(words[1]), words[2]);
                case "package" ->
                    packages.add(new Entry(
                            Escaped.plain(words[1]),
                            Escaped.plain(words[2]),
                            Escaped.plain(words[3]),
                            Escaped.plain(words[4]),
                            Escaped.plain(words[5]),
                            new ArrayList<>()));
                case "licence" ->
                    packages.get(packages.size() - 1).licenceFiles().add(Escaped.plain(words[1]));
                case "fingerprint" -> fingerprint = words[1];
                default -> throw new IllegalArgumentException(words[0]);
            }
        }
        return new ViewRecord(seenNanos, sources, warnings, trees, packages, fingerprint);
    }

    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("seen " + seenNanos);
        for (String line : sources) {
            lines.add("source " + line);
        }
        for (String line : warnings) {
            lines.add("warning " + Escaped.of(line));
        }
        for (Map.Entry<String, String> tree : trees.entrySet()) {
            lines.add("tree " + Escaped.of(tree.getKey()) + " " + tree.getValue());
        }
        for (Entry entry : packages) {
            lines.add("package " + Escaped.of(entry.path()) + " " + Escaped.of(entry.name()) + " "
                    + Escaped.of(entry.version()) + " " + Escaped.of(entry.coordinates()) + " "
                    + Escaped.of(entry.licence()));
            for (String licence : entry.licenceFiles()) {
                lines.add("licence " + Escaped.of(licence));
            }
        }
        lines.add("fingerprint " + fingerprint);
        RecordLines.write(file, HEAD, lines);
    }

    /** Whether it was made of the same sources, as far as the file system tells. */
    boolean isOf(List<String> lines, List<SourceState> states) {
        if (!sources.equals(lines)) {
            return false;
        }
        for (SourceState state : states) {
            if (!state.wasOldAt(seenNanos)) {
                return false;
            }
        }
        return true;
    }

    /** Whether all its packages are where they should be. */
    boolean isThere(Path nodeModules) {
        for (Entry entry : packages) {
            if (!Files.exists(nodeModules.resolve(entry.path()).resolve("package.json"))) {
                return false;
            }
        }
        return true;
    }
}
