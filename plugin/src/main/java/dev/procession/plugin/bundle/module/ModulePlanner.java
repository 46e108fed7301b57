package dev.procession.plugin.bundle.module;

import dev.procession.plugin.bundle.publish.HashedName;
import dev.procession.plugin.bundle.publish.OutputClaims;
import dev.procession.plugin.bundle.request.BundleRequest;
import dev.procession.plugin.bundle.request.ModuleSetting;
import dev.procession.plugin.bundle.request.ModuleSpec;
import dev.procession.plugin.bundle.request.OpenProperties;
import dev.procession.plugin.bundle.request.Problems;
import dev.procession.plugin.bundle.request.Processors;
import dev.procession.plugin.bundle.search.TsConfig;
import dev.procession.plugin.engine.Build;
import dev.procession.plugin.output.OutputSettings;
import dev.procession.plugin.report.NearestName;
import dev.procession.plugin.report.Shown;
import dev.procession.plugin.work.FileName;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks what the user typed for bundles of modules; tells every problem, not only the first. */
public final class ModulePlanner {
    /** How far one looks for a file that the user may have meant: further than any source tree is deep. */
    private static final int DEPTH = 8;

    private static final int MOST_NAMES = 2000;

    private static final Set<String> TEXT_LOADERS =
            Set.of("js", "jsx", "ts", "tsx", "css", "local-css", "global-css", "json", "text");

    private final BundleRequest request;
    private final Problems problems;
    private final OutputClaims claims;
    private final List<Path> nodePaths;

    public ModulePlanner(BundleRequest request, List<Path> nodePaths, OutputClaims claims, Problems problems) {
        this.request = request;
        this.nodePaths = nodePaths;
        this.claims = claims;
        this.problems = problems;
    }

    public List<ModulePlan> plan() {
        Processors processors = request.modules().budget();
        if (processors.count().isEmpty()) {
            problems.add(
                    "processors",
                    null,
                    null,
                    "must be auto or a number from 1 on: processors=" + Shown.text(processors.typed()));
        }
        List<ModulePlan> plans = new ArrayList<>();
        for (ModuleSpec spec : request.modules().specs()) {
            plans.add(plan(spec));
        }
        return plans;
    }

    private ModulePlan plan(ModuleSpec spec) {
        String label = spec.label();
        Path directory = directory(spec);
        List<String> flags = new ModuleFlags(spec, directory, request.projectDirectory(), problems)
                .flags(request.modules().minify());
        flags.add("--outdir=" + FileName.unicode(request.outputDirectory()));
        String owner = Shown.text("bundle " + label
                + (label.startsWith("number ") ? "" : " (number " + (spec.index() + 1) + ")") + " of "
                + request.owner());
        List<Build.Entry> entries = entries(spec, directory, flags, owner);
        String key = "module " + spec.output() + " " + String.join(" ", spec.entries());
        return new ModulePlan(
                label,
                owner,
                key,
                new Build(FileName.unicode(request.projectDirectory()), entries, flags, nodePaths),
                config(spec),
                endings(spec),
                request.modules().warningsAreErrors(),
                HashedName.without(label.trim()),
                OutputSettings.of(spec.outputs(), label, true, request.outputDirectory(), problems));
    }

    private @Nullable Path config(ModuleSpec spec) {
        List<String> typed = spec.values(ModuleSetting.TSCONFIG);
        return typed.isEmpty()
                ? null
                : TsConfig.resolve(request.projectDirectory(), typed.get(0).trim());
    }

    private static Set<String> endings(ModuleSpec spec) {
        Set<String> endings = new LinkedHashSet<>();
        for (String ending : spec.values(ModuleSetting.RESOLVE_EXTENSIONS)) {
            endings.add(withoutDot(ending.trim()));
        }
        for (String loader : spec.values(ModuleSetting.LOADERS)) {
            int equals = loader.indexOf('=');
            if (equals > 0 && TEXT_LOADERS.contains(loader.substring(equals + 1).trim())) {
                endings.add(withoutDot(loader.substring(0, equals).trim()));
            }
        }
        return endings;
    }

    private static String withoutDot(String ending) {
        return ending.startsWith(".") ? ending.substring(1) : ending;
    }

    private Path directory(ModuleSpec spec) {
        String typed = spec.directory();
        if (typed == null || typed.isBlank()) {
            return request.sourceDirectory();
        }
        try {
            Path directory = FileName.resolve(request.projectDirectory(), typed.trim());
            if (!Files.isDirectory(directory)) {
                problems.add(
                        "directory",
                        typed,
                        spec.label(),
                        FileName.shown(directory)
                                + (Files.exists(directory) ? " is a file" : " does not exist")
                                + "; set it to where the entries are");
            }
            return directory;
        } catch (InvalidPathException e) {
            problems.add("directory", typed, spec.label(), "is no file name: " + Shown.text(e.getReason()));
            return request.sourceDirectory();
        }
    }

    private List<Build.Entry> entries(ModuleSpec spec, Path directory, List<String> flags, String owner) {
        // A pom that is typed on Windows means the same elsewhere, where the engine would take \ for a part of a name.
        String output = spec.output() == null ? "" : spec.output().trim().replace('\\', '/');
        boolean single = !output.isEmpty() && !output.endsWith("/");
        List<Build.Entry> entries = new ArrayList<>();
        for (String typed : spec.entries()) {
            Optional<Path> file = entry(spec, directory, typed);
            if (file.isPresent()) {
                String out = single ? "" : output + stem(FileName.of(directory, file.get()));
                entries.add(new Build.Entry(out, "./" + FileName.of(request.projectDirectory(), file.get())));
            }
        }
        if (spec.entries().isEmpty()) {
            problems.add(
                    "entry",
                    null,
                    spec.label(),
                    "is missing; name the file that the bundle begins with, such as app.ts");
        }
        if (OpenProperties.are("output", output, spec.label(), problems)) {
            return entries;
        }
        boolean inPlace = isBelowOutput(spec, output);
        nameEntries(spec, output, flags);
        if (!single || !inPlace) {
            return entries;
        }
        if (spec.entries().size() > 1) {
            problems.add(
                    "output",
                    output,
                    spec.label(),
                    "is one file, but there are " + spec.entries().size() + " entries; " + directoryFor(output));
            return entries;
        }
        List<Build.Entry> named = new ArrayList<>();
        for (Build.Entry entry : entries) {
            named.add(named(spec, entry, output, flags, owner));
        }
        return named;
    }

    /** How a directory is asked for by one who names a file with something in brackets. */
    private static String directoryFor(String output) {
        int name = output.lastIndexOf('/') + 1;
        int ending = output.lastIndexOf('.');
        if (output.indexOf('[') < 0 || ending < name) {
            return "name a directory, such as <output>js/</output>";
        }
        String names = output.contains("[name]") ? Shown.text(output.substring(name, ending)) : "[name]-[hash]";
        return "name a directory, and what is in it: <output>"
                + (name == 0 ? "js/" : Shown.text(output.substring(0, name))) + "</output> and <entryNames>" + names
                + "</entryNames>";
    }

    /** Names that do not say where the directory goes are names in it. */
    private void nameEntries(ModuleSpec spec, String output, List<String> flags) {
        List<String> typed = spec.values(ModuleSetting.ENTRY_NAMES);
        if (typed.isEmpty()) {
            return;
        }
        String names = typed.get(0).trim();
        int directory = output.lastIndexOf('/') + 1;
        if (directory < output.length() && output.contains("[hash]")) {
            problems.add(
                    "entryNames",
                    names,
                    spec.label(),
                    "<output>" + Shown.text(output)
                            + "</output> says already what the file is called; remove one of the two");
        } else if (directory > 0 && !names.contains("[dir]")) {
            flags.add("--entry-names=" + output.substring(0, directory) + names);
        }
    }

    /** An entry whose output the user named. */
    private Build.Entry named(ModuleSpec spec, Build.Entry entry, String output, List<String> flags, String owner) {
        int dot = output.lastIndexOf('.');
        if (dot <= output.lastIndexOf('/') + 1) {
            problems.add(
                    "output",
                    output,
                    spec.label(),
                    "has no ending, such as .js or .css; a directory is written with / at its end");
            return entry;
        }
        String ending = output.substring(dot);
        EntryKind kind = EntryKind.of(entry.input(), spec.values(ModuleSetting.LOADERS));
        String mistake = kind.mistake(ending, entry.input());
        if (mistake != null) {
            problems.add("output", output, spec.label(), mistake);
            return entry;
        }
        boolean style = kind == EntryKind.STYLE;
        if (kind != EntryKind.COPY && !ending.equals(style ? ".css" : ".js")) {
            flags.add("--out-extension:" + (style ? ".css=" : ".js=") + ending);
        }
        String stem = output.substring(0, dot);
        if (stem.contains("[hash]")) {
            flags.add("--entry-names=" + stem);
            return new Build.Entry(stem.replace("[hash]", "hash"), entry.input());
        }
        Path file = FileName.resolve(request.outputDirectory(), output);
        if (Files.isDirectory(file)) {
            problems.add(
                    "output",
                    output,
                    spec.label(),
                    FileName.shown(file) + " is a directory; remove it or choose another name");
        }
        claim(file, output, spec.label(), owner);
        return new Build.Entry(stem, entry.input());
    }

    /** Claims a file; if somebody else has it, that is a problem. */
    private void claim(Path file, String typed, String label, String owner) {
        OutputClaims.Holder first = claims.claim(file, owner);
        if (!first.owner().equals(owner)) {
            String other = first.file().equals(FileName.unicode(file))
                    ? ""
                    : " as " + Shown.text(first.file()) + ", which is the same file on some machines";
            problems.add(
                    "output",
                    typed,
                    label,
                    FileName.shown(file) + " is also written by " + first.owner() + other
                            + "; give each bundle files of its own");
        }
    }

    private boolean isBelowOutput(ModuleSpec spec, String output) {
        Path place;
        try {
            place = FileName.resolve(request.outputDirectory(), output.isEmpty() ? "." : output);
        } catch (InvalidPathException e) {
            problems.add("output", output, spec.label(), "is no file name: " + Shown.text(e.getReason()));
            return false;
        }
        // Relative to the output directory, since the engine knows no other outputs.
        if (!place.startsWith(request.outputDirectory())) {
            problems.add(
                    "output",
                    output,
                    spec.label(),
                    "leads to " + FileName.shown(place) + ", outside the output directory "
                            + FileName.shown(request.outputDirectory()) + "; write a path below it");
            return false;
        }
        if (place.startsWith(request.ownDirectory())) {
            problems.add(
                    "output",
                    output,
                    spec.label(),
                    "leads into " + FileName.shown(request.ownDirectory())
                            + ", where this plugin keeps its own files; choose another directory");
            return false;
        }
        return true;
    }

    private static String stem(String name) {
        String inside = name.startsWith("../") ? name.substring(name.lastIndexOf('/') + 1) : name;
        int dot = inside.lastIndexOf('.');
        return dot > inside.lastIndexOf('/') + 1 ? inside.substring(0, dot) : inside;
    }

    private Optional<Path> entry(ModuleSpec spec, Path directory, String typed) {
        String label = spec.label();
        boolean told = spec.directory() != null && !spec.directory().isBlank() && !Files.isDirectory(directory);
        if (told || OpenProperties.are("entry", typed, label, problems)) {
            return Optional.empty();
        }
        if (typed.isBlank()) {
            problems.add("entry", null, label, "is empty; name the file that the bundle begins with, such as app.ts");
            return Optional.empty();
        }
        try {
            Path file = FileName.resolve(directory, typed.trim());
            Path real = file.toRealPath();
            if (Files.isDirectory(real)) {
                problems.add("entry", typed, label, "is a directory; name the file in it that the bundle begins with");
                return Optional.empty();
            }
            if (!Files.isReadable(real)) {
                problems.add("entry", typed, label, FileName.shown(file) + " cannot be read, permission denied");
                return Optional.empty();
            }
            if (!spec.allowOutside() && !isInside(file, real)) {
                problems.add(
                        "entry",
                        typed,
                        label,
                        "leads to " + FileName.shown(real) + ", outside of what is being built ("
                                + FileName.shown(request.displayDirectory())
                                + "); move it there, or set <allowOutside>true</allowOutside>");
                return Optional.empty();
            }
            return Optional.of(file);
        } catch (InvalidPathException e) {
            problems.add("entry", typed, label, "is no file name: " + Shown.text(e.getReason()));
        } catch (NoSuchFileException | NotDirectoryException e) {
            missing(spec, directory, typed);
        } catch (AccessDeniedException e) {
            problems.add("entry", typed, label, e.getMessage() + " cannot be read, permission denied");
        } catch (IOException e) {
            if (isBelowFile(FileName.resolve(directory, typed.trim()))) {
                missing(spec, directory, typed);
                return Optional.empty();
            }
            problems.add("entry", typed, label, refused(FileName.resolve(directory, typed.trim()), e));
        }
        return Optional.empty();
    }

    /** The JDK has no exception of its own for this. */
    private static boolean isBelowFile(Path file) {
        for (Path place = file.getParent(); place != null; place = place.getParent()) {
            if (Files.isRegularFile(place)) {
                return true;
            }
        }
        return false;
    }

    private static String refused(Path file, IOException reason) {
        return Files.isSymbolicLink(file)
                ? FileName.shown(file) + " is a symbolic link in a circle; remove the link"
                : FileName.shown(file) + " cannot be read: " + reason.getMessage();
    }

    /** Inside is what the user builds, and the module itself if it is built from elsewhere. */
    private boolean isInside(Path file, Path real) throws IOException {
        for (Path root : List.of(request.displayDirectory(), request.projectDirectory())) {
            if (file.startsWith(root) && real.startsWith(root.toRealPath())) {
                return true;
            }
        }
        return false;
    }

    private void missing(ModuleSpec spec, Path directory, String typed) {
        if (Files.exists(FileName.resolve(directory, typed.trim()), LinkOption.NOFOLLOW_LINKS)) {
            problems.add("entry", typed, spec.label(), "is a symbolic link that leads nowhere; remove the link");
            return;
        }
        NearestName nearest = new NearestName(typed.trim());
        // Imports may leave the ending out, an entry may not.
        SortedSet<String> endings = new TreeSet<>();
        try (Stream<Path> files = Files.walk(directory, DEPTH)) {
            files.filter(file -> !file.toString().contains("node_modules"))
                    .filter(Files::isRegularFile)
                    .limit(MOST_NAMES)
                    .forEach(file -> {
                        String name = FileName.of(directory, file);
                        nearest.consider(name);
                        if (name.startsWith(typed.trim() + ".")) {
                            endings.add(name);
                        }
                    });
        } catch (IOException | java.io.UncheckedIOException e) {
            // Without a suggestion, then.
        }
        problems.add(
                "entry",
                typed,
                spec.label(),
                "no such file in " + FileName.shown(directory)
                        + (Files.isDirectory(directory)
                                ? ""
                                : Files.exists(directory) ? ", which is a file" : ", which does not exist")
                        + (endings.isEmpty() ? nearest.nearest() : Optional.of(endings.first()))
                                .map(name -> "; did you mean " + Shown.text(name) + "?")
                                .orElse(""));
    }
}
