package dev.procession.plugin.bundle.search;

import dev.procession.plugin.engine.Metafile;
import dev.procession.plugin.work.FileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the engine looked while it made a build, beyond the files that it names: the directories in which a new file
 * would be taken instead of another one, and the files that steer how imports are resolved.
 *
 * <p>The engine does not tell. So it is derived, and rather too much than too little: every directory of an input and
 * all above it in the project, the directory that a relative import names, those that the {@code paths} of a
 * {@code tsconfig.json} name for the imports that there are, and above the project the few names that matter there.
 */
public final class SearchedPlaces {
    private static final List<String> STEERING = List.of("package.json", "tsconfig.json", "jsconfig.json");

    /** Directories whose lists of names matter. */
    public final Set<Path> directories = new LinkedHashSet<>();
    /** Files that steer and are there. */
    public final Set<Path> files = new LinkedHashSet<>();
    /** What is not there, and would matter if it were. */
    public final Set<Path> absent = new LinkedHashSet<>();

    private final Path project;
    private final Map<Path, List<TsConfigChain>> configs = new HashMap<>();
    private final Map<Path, Optional<TsConfigChain>> chains = new HashMap<>();
    /** The one that was named, which counts instead of all that lie beside sources. */
    private final List<TsConfigChain> named = new ArrayList<>();
    /** Whose files that steer, and those above, are taken into account already. */
    private final Set<Path> climbed = new HashSet<>();

    public SearchedPlaces(Path project) {
        this.project = project;
    }

    /** Takes an input of the build into account. */
    public void input(Path file, List<Metafile.Import> imports) {
        Path directory = parent(file);
        upward(directory);
        List<TsConfigChain> steering = named.isEmpty() ? configs(directory) : named;
        for (Metafile.Import imported : imports) {
            // What is external was looked for as well, if it was not declared so; then only its path is told.
            String text = imported.original() != null ? imported.original() : imported.path();
            if (text.isEmpty() || text.startsWith("data:") || text.contains("://")) {
                continue;
            }
            if (text.startsWith("./") || text.startsWith("../") || text.equals(".") || text.equals("..")) {
                candidate(resolve(directory, text));
            } else {
                scope(directory, text);
                for (TsConfigChain config : steering) {
                    config.candidates(text).forEach(this::candidate);
                }
            }
        }
    }

    /** Takes a {@code tsconfig.json} into account that was named; before all inputs. */
    public void config(Path file) {
        chain(file).ifPresent(named::add);
    }

    private static Path resolve(Path directory, String text) {
        int query = text.indexOf('?');
        try {
            return FileName.resolve(directory, query < 0 ? text : text.substring(0, query));
        } catch (InvalidPathException e) {
            return directory;
        }
    }

    /** A file that an import may mean: itself, with another ending, or a directory with an index or a package.json. */
    private void candidate(Path path) {
        if (Files.isDirectory(path)) {
            directory(path);
            steering(path);
        }
        Path place = parent(path);
        while (!Files.isDirectory(place) && place.getParent() != null) {
            absent.add(place);
            place = parent(place);
        }
        directory(place);
        // A link on the way may lead elsewhere tomorrow.
        for (; place != null && place.startsWith(project); place = place.getParent()) {
            directory(place);
        }
    }

    private void directory(Path directory) {
        directories.add(directory);
    }

    private void upward(Path directory) {
        for (Path place = directory; place != null && climbed.add(place); place = place.getParent()) {
            Path packages = place.resolve("node_modules");
            boolean own = place.startsWith(project);
            if (own) {
                directories.add(place);
            }
            if (Files.exists(packages)) {
                directories.add(packages);
            } else if (!own) {
                // Within the project the lists of names tell.
                absent.add(packages);
            }
            steering(place);
        }
    }

    /** The packages of a scope that are installed in any place above; a new one may hide another. */
    private void scope(Path directory, String imported) {
        int slash = imported.indexOf('/');
        for (Path place = directory;
                imported.startsWith("@") && slash > 1 && place != null;
                place = place.getParent()) {
            Path scope = resolve(place.resolve("node_modules"), imported.substring(0, slash));
            if (Files.isDirectory(scope)) {
                directories.add(scope);
            }
        }
    }

    private void steering(Path directory) {
        for (String name : STEERING) {
            Path file = directory.resolve(name);
            if (Files.exists(file)) {
                files.add(file);
            } else if (!directory.startsWith(project)) {
                // Within the project the lists of names tell.
                absent.add(file);
            }
        }
    }

    private List<TsConfigChain> configs(Path directory) {
        List<TsConfigChain> known = configs.get(directory);
        if (known != null) {
            return known;
        }
        List<TsConfigChain> found = new ArrayList<>();
        for (Path place = directory; place != null; place = place.getParent()) {
            for (String name : List.of("tsconfig.json", "jsconfig.json")) {
                Path file = place.resolve(name);
                if (Files.isRegularFile(file)) {
                    chains.computeIfAbsent(file, this::chain).ifPresent(found::add);
                }
            }
        }
        configs.put(directory, found);
        return found;
    }

    /** A config and those that it extends, if there is one. */
    private Optional<TsConfigChain> chain(Path file) {
        List<TsConfig> chain = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        TsConfigParents parents = new TsConfigParents(files, absent);
        Deque<Path> open = new ArrayDeque<>(List.of(file));
        while (!open.isEmpty()) {
            Path next = open.remove();
            if (!Files.isRegularFile(next)) {
                if (!Files.exists(next)) {
                    absent.add(next);
                }
                continue;
            }
            files.add(next);
            Path real = real(next);
            if (seen.add(real)) {
                TsConfig config = TsConfig.read(real);
                chain.add(config);
                config.parents.forEach(parent -> open.addAll(parents.of(config.directory(), parent)));
            }
        }
        return chain.isEmpty() ? Optional.empty() : Optional.of(new TsConfigChain(chain));
    }

    /** Where a link leads, since names in the file are relative to that; below the project by the project's own name. */
    private Path real(Path file) {
        try {
            Path real = file.toRealPath();
            Path root = project.toRealPath();
            return real.startsWith(root) ? project.resolve(root.relativize(real)) : real;
        } catch (IOException e) {
            return file;
        }
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }
}
