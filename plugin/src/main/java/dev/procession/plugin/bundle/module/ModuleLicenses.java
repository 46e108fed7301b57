package dev.procession.plugin.bundle.module;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.procession.plugin.engine.Metafile;
import dev.procession.plugin.npm.NpmPackage;
import dev.procession.plugin.output.ThirdParty;
import dev.procession.plugin.work.FileName;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Whose packages' code is in a bundle of modules, by what its metafile says went out. */
final class ModuleLicenses {
    private static final String FOLDER = "node_modules";

    private final Path project;
    private final Map<Path, NpmPackage> packages = new HashMap<>();

    ModuleLicenses(Path project, List<NpmPackage> packages) {
        this.project = project;
        packages.forEach(each -> this.packages.put(each.directory(), each));
    }

    /** In the order of names and versions. */
    List<ThirdParty> of(Metafile metafile) throws IOException {
        Set<Path> homes = new LinkedHashSet<>();
        for (Metafile.Output output : metafile.outputs().values()) {
            output.inputs().forEach((name, bytes) -> {
                if (bytes > 0) {
                    home(name).ifPresent(homes::add);
                }
            });
        }
        Map<String, ThirdParty> parties = new TreeMap<>();
        for (Path home : homes) {
            ThirdParty party = of(home);
            parties.put(party.name() + " " + party.version(), party);
        }
        return List.copyOf(parties.values());
    }

    /** The directory of the package that an input belongs to; empty for the project's own files. */
    private Optional<Path> home(String input) {
        Path file;
        try {
            file = FileName.resolve(project, input);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
        for (Path place = file.getParent(); place != null; place = place.getParent()) {
            Path parent = place.getParent();
            Path above = parent == null ? null : parent.getParent();
            boolean scoped = parent != null
                    && above != null
                    && String.valueOf(parent.getFileName()).startsWith("@")
                    && above.endsWith(FOLDER);
            if (parent != null
                    && (scoped
                            || (parent.endsWith(FOLDER)
                                    && !String.valueOf(place.getFileName()).startsWith("@")))) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    private ThirdParty of(Path home) throws IOException {
        NpmPackage known = packages.get(home);
        if (known != null) {
            return new ThirdParty(
                    known.name(), known.version(), known.licence(), texts(known.licenceFiles()), List.of());
        }
        Map<String, String> facts = new HashMap<>();
        try (Reader text = Files.newBufferedReader(home.resolve("package.json"), StandardCharsets.UTF_8);
                JsonReader json = new JsonReader(text)) {
            json.beginObject();
            while (json.hasNext()) {
                String name = json.nextName();
                if (json.peek() == JsonToken.STRING) {
                    facts.put(name, json.nextString());
                } else {
                    json.skipValue();
                }
            }
        } catch (IOException | IllegalStateException e) {
            // A package that says nothing of itself is told by its folder's name.
        }
        return new ThirdParty(
                facts.getOrDefault("name", String.valueOf(home.getFileName())),
                facts.getOrDefault("version", ""),
                facts.getOrDefault("license", ""),
                texts(licenceFiles(home)),
                List.of());
    }

    private static List<Path> licenceFiles(Path home) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(home)) {
            for (Path file : files) {
                if (String.valueOf(file.getFileName()).matches("(?i)(licen[cs]e|notice|copying).*")
                        && Files.isRegularFile(file)) {
                    found.add(file);
                }
            }
        }
        found.sort(Comparator.comparing(file -> String.valueOf(file.getFileName())));
        return found;
    }

    private static List<String> texts(List<Path> files) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Path file : files) {
            // What is no UTF-8 is shown with marks rather than refused: the file is not the user's.
            texts.add(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        }
        return texts;
    }
}
