package dev.procession.plugin.bundle.input;

import dev.procession.plugin.bundle.request.BundleRequest;
import dev.procession.plugin.bundle.request.BundleSpec;
import dev.procession.plugin.bundle.request.Problems;
import dev.procession.plugin.report.NearestName;
import dev.procession.plugin.report.Shown;
import dev.procession.plugin.work.FileName;
import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.codehaus.plexus.util.AbstractScanner;
import org.codehaus.plexus.util.MatchPatterns;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files of every bundle: includes in the order of the list, files of one glob in path order, no file twice.
 * Each directory is walked at most once, and not at all when only exact paths are asked of it.
 */
public final class InputResolver {
    /** Enough to find a slip in; looking for it must not take longer than the build. */
    private static final int NAMES_CONSIDERED = 20_000;

    private static final MatchPatterns EDITOR_LITTER = MatchPatterns.from(AbstractScanner.DEFAULTEXCLUDES);

    private final BundleRequest request;
    private final Problems problems;
    private final Set<Path> outputs;
    private final Map<Path, List<IncludePattern.Glob>> globs = new HashMap<>();
    private final Map<Path, SourceTree> trees = new HashMap<>();
    private @Nullable WebJars webJars;

    /**
     * @param outputs what this run writes: it never becomes an input of the next
     */
    public InputResolver(BundleRequest request, Set<Path> outputs, Problems problems) {
        this.request = request;
        this.outputs = outputs;
        this.problems = problems;
        for (BundleSpec spec : request.bundles()) {
            for (String include : spec.includes()) {
                if (IncludePattern.parse(include) instanceof IncludePattern.Glob glob) {
                    globs.computeIfAbsent(directoryOf(spec), directory -> new ArrayList<>())
                            .add(glob);
                }
            }
        }
    }

    private Path directoryOf(BundleSpec spec) {
        return directoryOf(request, spec);
    }

    public static Path directoryOf(BundleRequest request, BundleSpec spec) {
        return spec.directory() == null
                ? request.sourceDirectory()
                : FileName.resolve(request.projectDirectory(), spec.directory().trim());
    }

    public List<Input> resolve(BundleSpec spec, String label) {
        Resolution resolution = new Resolution(spec, label);
        if (spec.includes().isEmpty()) {
            problems.add(
                    "includes",
                    null,
                    label,
                    "is missing, or no <if> in it holds; list the scripts, or take all in path order with"
                            + " <include>**/*.js</include>; a bundle of modules has an <entry> instead");
        }
        for (String include : spec.includes()) {
            resolution.take(include);
        }
        return resolution.inputs;
    }

    /** The work on one bundle. */
    private final class Resolution {
        private final BundleSpec spec;
        private final String label;
        private final Path directory;
        private final List<Input> inputs = new ArrayList<>();
        private final Set<String> taken = new HashSet<>();
        private final Map<String, IncludePattern> excludes = new HashMap<>();
        private boolean directoryReported;

        Resolution(BundleSpec spec, String label) {
            this.spec = spec;
            this.label = label;
            this.directory = directoryOf(spec);
            for (String exclude : spec.excludes()) {
                IncludePattern pattern = IncludePattern.parse(exclude);
                if (pattern instanceof IncludePattern.Invalid invalid) {
                    problems.add("exclude", exclude, label, invalid.text());
                } else {
                    excludes.put(exclude, pattern);
                }
            }
        }

        void take(String include) {
            IncludePattern pattern = IncludePattern.parse(include);
            if (pattern instanceof IncludePattern.Invalid invalid) {
                report(include, invalid.text());
            } else if (pattern instanceof IncludePattern.WebJar webJar) {
                takeWebJar(include, webJar);
            } else if (pattern instanceof IncludePattern.Exact exact) {
                takeExact(include, exact.name());
            } else if (pattern instanceof IncludePattern.Glob glob) {
                takeGlob(include, glob);
            }
        }

        private void takeExact(String include, String name) {
            Path file = FileName.resolve(directory, name);
            BasicFileAttributes attributes;
            try {
                attributes = Files.readAttributes(file, BasicFileAttributes.class);
            } catch (IOException e) {
                boolean missing = e instanceof NoSuchFileException || e instanceof NotDirectoryException;
                if (!missing || Files.isSymbolicLink(file)) {
                    report(include, SourceTree.oddity(file, e));
                } else if (!spec.allowEmpty()) {
                    reportMissing(include, name);
                }
                return;
            }
            if (!attributes.isRegularFile()) {
                report(include, SourceTree.oddity(file, attributes));
            } else if (outputs.contains(file)) {
                report(include, FileName.shown(file) + " is what this execution writes; a bundle cannot hold itself");
            } else {
                String exclude = excludedBy(name);
                if (exclude == null) {
                    add(file, FileStat.of(attributes), include);
                } else if (!spec.allowEmpty()) {
                    report(
                            include,
                            "is left out again by <exclude>" + Shown.text(exclude)
                                    + "</exclude>; remove one of the two");
                }
            }
        }

        private void takeGlob(String include, IncludePattern.Glob glob) {
            SourceTree tree = tree();
            if (tree == null) {
                return;
            }
            boolean found = false;
            String excludedBy = null;
            for (SourceTree.Trouble trouble : tree.troubles()) {
                boolean concerned =
                        trouble.directory() ? glob.mayMatchBelow(trouble.name()) : glob.matches(trouble.name());
                if (concerned && !isLitter(trouble.name()) && excludedBy(trouble.name()) == null) {
                    report(include, trouble.text());
                    found = true;
                }
            }
            for (SourceTree.Leaf leaf : tree.files()) {
                if (glob.matches(leaf.name()) && !isLitter(leaf.name()) && !outputs.contains(leaf.path())) {
                    String exclude = excludedBy(leaf.name());
                    if (exclude == null) {
                        add(leaf.path(), leaf.stat(), include);
                        found = true;
                    } else {
                        excludedBy = exclude;
                    }
                }
            }
            if (!found && !spec.allowEmpty()) {
                report(
                        include,
                        excludedBy != null
                                ? "all it matches is left out again by <exclude>" + Shown.text(excludedBy)
                                        + "</exclude>; remove one of the two"
                                : "matches no file in " + FileName.shown(directory)
                                        + "; correct it, or set <allowEmpty>true</allowEmpty> when that may be");
            }
        }

        private void takeWebJar(String include, IncludePattern.WebJar pattern) {
            WebJars jars = webJars();
            Map<String, WebJars.Entry> byPath = new HashMap<>();
            List<WebJars.Entry> matching = new ArrayList<>();
            for (WebJars.Entry entry : jars.entries(pattern.name())) {
                if (matches(pattern.below(), entry.path()) && !isExcludedWebJar(pattern.name(), entry.path())) {
                    WebJars.Entry twin = byPath.putIfAbsent(entry.path(), entry);
                    if (twin != null) {
                        report(
                                include,
                                "is in two dependencies, " + FileName.shown(twin.container()) + " and "
                                        + FileName.shown(entry.container()) + "; exclude one of them");
                        return;
                    }
                    matching.add(entry);
                }
            }
            matching.sort((a, b) -> PathOrder.BY_CODE_POINT.compare(a.path(), b.path()));
            for (WebJars.Entry entry : matching) {
                if (taken.add(entry.location())) {
                    String name = IncludePattern.WEBJAR + pattern.name() + "/" + entry.version() + "/" + entry.path();
                    inputs.add(new Input(entry.location(), name, entry.stat(), entry.size(), include));
                }
            }
            if (matching.isEmpty() && !spec.allowEmpty()) {
                report(include, webJarMissing(jars, pattern));
            }
        }

        private String webJarMissing(WebJars jars, IncludePattern.WebJar pattern) {
            List<WebJars.Entry> entries = jars.entries(pattern.name());
            StringBuilder text = new StringBuilder();
            if (entries.isEmpty()) {
                text.append("no dependency of the project is the WebJar '")
                        .append(pattern.name())
                        .append('\'');
                NearestName nearest = new NearestName(pattern.name());
                jars.names().forEach(nearest::consider);
                nearest.nearest()
                        .ifPresent(name -> text.append("; did you mean webjar:")
                                .append(name)
                                .append("/...?"));
                text.append("; add it as a dependency with scope compile or runtime");
            } else {
                text.append("no file of the WebJar ")
                        .append(FileName.shown(entries.get(0).container()))
                        .append(" matches");
                if (pattern.below() instanceof IncludePattern.Exact exact) {
                    NearestName nearest = new NearestName(exact.name());
                    entries.forEach(entry -> nearest.consider(entry.path()));
                    nearest.nearest()
                            .ifPresent(name -> text.append("; did you mean webjar:")
                                    .append(pattern.name())
                                    .append('/')
                                    .append(name)
                                    .append('?'));
                }
            }
            for (String trouble : jars.troubles()) {
                text.append("; ").append(trouble);
            }
            return text.toString();
        }

        private void add(Path file, FileStat stat, String include) {
            String location = ScriptSource.ofFile(file);
            if (taken.add(location)) {
                inputs.add(
                        new Input(location, FileName.of(request.projectDirectory(), file), stat, stat.size(), include));
            }
        }

        private @Nullable String excludedBy(String name) {
            for (Map.Entry<String, IncludePattern> exclude : excludes.entrySet()) {
                if (matches(exclude.getValue(), name)) {
                    return exclude.getKey();
                }
            }
            return null;
        }

        private boolean isExcludedWebJar(String webJar, String path) {
            for (IncludePattern exclude : excludes.values()) {
                if (exclude instanceof IncludePattern.WebJar other
                        && other.name().equals(webJar)
                        && matches(other.below(), path)) {
                    return true;
                }
            }
            return false;
        }

        private @Nullable SourceTree tree() {
            SourceTree tree = trees.get(directory);
            if (tree != null) {
                return tree;
            }
            List<IncludePattern.Glob> wanted = globs.getOrDefault(directory, List.of());
            try {
                if (!Files.isDirectory(directory)) {
                    throw new NotDirectoryException(directory.toString());
                }
                tree = SourceTree.walk(
                        directory,
                        name -> wanted.stream().anyMatch(glob -> glob.mayMatchBelow(name)),
                        request.ownDirectory());
                trees.put(directory, tree);
                return tree;
            } catch (IOException e) {
                if (!(spec.allowEmpty() && Files.notExists(directory))) {
                    reportDirectory(e);
                }
                return null;
            }
        }

        private void reportDirectory(IOException cause) {
            if (directoryReported) {
                return;
            }
            directoryReported = true;
            String text = cause instanceof NotDirectoryException
                    ? FileName.shown(directory) + (Files.exists(directory) ? " is no directory" : " does not exist")
                            + "; create it, or set it to where the scripts are"
                    : SourceTree.oddity(directory, cause);
            if (spec.directory() == null) {
                problems.add("sourceDirectory", FileName.shown(directory), null, text);
            } else {
                problems.add("directory", spec.directory(), label, text);
            }
        }

        private void reportMissing(String include, String name) {
            if (!Files.isDirectory(directory)) {
                reportDirectory(new NotDirectoryException(directory.toString()));
                return;
            }
            NearestName nearest = new NearestName(name);
            try (Stream<Path> files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
                files.limit(NAMES_CONSIDERED)
                        .filter(Files::isRegularFile)
                        .forEach(file -> nearest.consider(FileName.of(directory, file)));
            } catch (IOException | java.io.UncheckedIOException e) {
                // Only the hint suffers.
                nearest.nearest();
            }
            report(
                    include,
                    "no such file in " + FileName.shown(directory)
                            + nearest.nearest()
                                    .map(found -> "; did you mean " + Shown.text(found) + "?")
                                    .orElse(
                                            "; correct it, or set <allowEmpty>true</allowEmpty> when it may be missing"));
        }

        private void report(String include, String text) {
            problems.add("include", include, label, text);
        }
    }

    private WebJars webJars() {
        WebJars jars = webJars;
        if (jars == null) {
            jars = WebJars.open(request.dependencies());
            webJars = jars;
        }
        return jars;
    }

    private static boolean matches(IncludePattern pattern, String name) {
        return (pattern instanceof IncludePattern.Exact exact && exact.name().equals(name))
                || (pattern instanceof IncludePattern.Glob glob && glob.matches(name));
    }

    /** What editors and version control leave behind, such as Emacs' lock files, which are dangling links. */
    private static boolean isLitter(String name) {
        return EDITOR_LITTER.matches(name.replace('/', java.io.File.separatorChar), true);
    }
}
