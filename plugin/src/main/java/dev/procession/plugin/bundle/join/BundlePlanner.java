package dev.procession.plugin.bundle.join;

import dev.procession.plugin.bundle.input.Input;
import dev.procession.plugin.bundle.input.InputResolver;
import dev.procession.plugin.bundle.publish.OutputClaims;
import dev.procession.plugin.bundle.read.PrologueScanner;
import dev.procession.plugin.bundle.read.StyleReader;
import dev.procession.plugin.bundle.read.StyleUrls;
import dev.procession.plugin.bundle.request.BundleRequest;
import dev.procession.plugin.bundle.request.BundleSpec;
import dev.procession.plugin.bundle.request.OpenProperties;
import dev.procession.plugin.bundle.request.Problems;
import dev.procession.plugin.output.OutputSettings;
import dev.procession.plugin.report.Shown;
import dev.procession.plugin.work.FileName;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks what the user typed, and finds the inputs; tells every problem, not only the first. */
public final class BundlePlanner {
    private final BundleRequest request;
    private final Problems problems;
    private final OutputClaims claims;

    private final Set<Path> writtenBefore;

    /**
     * @param writtenBefore what this execution wrote last time
     */
    public BundlePlanner(BundleRequest request, OutputClaims claims, Set<Path> writtenBefore, Problems problems) {
        this.request = request;
        this.claims = claims;
        this.writtenBefore = writtenBefore;
        this.problems = problems;
    }

    public List<BundlePlan> plan() {
        if (request.bundles().isEmpty()
                && request.modules().specs().isEmpty()
                && request.mistakes().isEmpty()) {
            problems.add(
                    "bundles",
                    null,
                    null,
                    "is missing; name at least one <bundle> with its <includes> (or its <entry>) and <output>, or leave this module out with"
                            + " <skip>true</skip>");
        }
        checkOutputDirectory();
        List<List<BundlePlan.Target>> targets = new ArrayList<>();
        Set<Path> written = new HashSet<>(writtenBefore);
        for (int i = 0; i < request.bundles().size(); i++) {
            targets.add(targets(i));
            for (BundlePlan.Target target : targets.get(i)) {
                written.add(target.output());
                written.add(BundlePlan.mapOf(target.output()));
            }
        }
        List<BundlePlan> plans = new ArrayList<>();
        // Modules are UTF-8 whatever is said; a name of nothing is a mistake all the same.
        charset(request.encoding(), null);
        if (request.bundles().isEmpty()) {
            return plans;
        }
        InputResolver resolver = new InputResolver(request, written, problems);
        for (int i = 0; i < request.bundles().size(); i++) {
            BundleSpec spec = request.bundles().get(i);
            String label = spec.label(i);
            BundlePlan.Language language = language(targets.get(i), spec, label);
            Charset charset = charset(spec, label);
            String banner = banner(spec, label, language);
            OutputSettings settings =
                    OutputSettings.of(spec.outputs(), label, false, request.outputDirectory(), problems);
            List<Input> inputs = resolver.resolve(spec, label);
            if (!targets.get(i).isEmpty()) {
                plans.add(new BundlePlan(
                        label,
                        owner(i),
                        spec.id(i),
                        language,
                        request.outputDirectory(),
                        targets.get(i),
                        spec.sourceMap(),
                        charset,
                        banner,
                        urls(spec, language, targets.get(i)),
                        inputs,
                        settings));
            }
        }
        return plans;
    }

    private List<BundlePlan.Target> targets(int index) {
        BundleSpec spec = request.bundles().get(index);
        String second = spec.concat().minifiedOutput();
        List<BundlePlan.Target> targets = new ArrayList<>();
        Path output = output("output", spec.output(), index);
        if (output == null) {
            return targets;
        }
        targets.add(new BundlePlan.Target(output, spec.concat().minify()));
        if (second != null && !second.isBlank()) {
            Path minified = output("minifiedOutput", second, index);
            if (minified == null) {
                return List.of();
            }
            if (spec.concat().minify()) {
                problems.add(
                        "minifiedOutput",
                        second,
                        spec.label(index),
                        "is a second output beside a plain one, but <minify> shortens the first; remove one of the two");
            } else if (minified.equals(output)) {
                problems.add(
                        "minifiedOutput",
                        second,
                        spec.label(index),
                        "is <output> too; give the shortened file a name of its own, such as shop.min.js, or set"
                                + " <minify>true</minify>");
            } else if (isStyle(minified) != isStyle(output)) {
                problems.add(
                        "minifiedOutput",
                        second,
                        spec.label(index),
                        "has another ending than <output>; both are the same text");
            }
            targets.add(new BundlePlan.Target(minified, true));
        }
        return targets;
    }

    private static boolean isStyle(Path output) {
        return FileName.unicode(output).toLowerCase(Locale.ROOT).endsWith(".css");
    }

    private BundlePlan.Language language(List<BundlePlan.Target> targets, BundleSpec spec, String label) {
        if (targets.isEmpty() || !isStyle(targets.get(0).output())) {
            for (String include : spec.includes()) {
                if (!targets.isEmpty()
                        && include.trim().toLowerCase(Locale.ROOT).endsWith(".css")) {
                    problems.add(
                            "include",
                            include,
                            label,
                            "is a style sheet, but the bundle is a script; put style sheets into a bundle whose <output>"
                                    + " ends with .css");
                }
            }
            return BundlePlan.Language.SCRIPT;
        }
        return BundlePlan.Language.STYLE;
    }

    /** The sources' directory stands for the output directory: what lies beside a style sheet is served beside it. */
    private StyleUrls urls(BundleSpec spec, BundlePlan.Language language, List<BundlePlan.Target> targets) {
        if (language != BundlePlan.Language.STYLE || !spec.concat().rebaseUrls()) {
            return StyleUrls.NONE;
        }
        String root = FileName.of(request.projectDirectory(), InputResolver.directoryOf(request, spec));
        int depth = request.outputDirectory()
                        .relativize(parent(targets.get(0).output()))
                        .toString()
                        .isEmpty()
                ? 0
                : request.outputDirectory()
                        .relativize(parent(targets.get(0).output()))
                        .getNameCount();
        for (BundlePlan.Target target : targets) {
            if (!parent(target.output()).equals(parent(targets.get(0).output()))) {
                problems.add(
                        "minifiedOutput",
                        null,
                        null,
                        "of a style sheet must be in the directory of <output>, since addresses in both are relative to it");
            }
        }
        return new StyleUrls(true, root.isEmpty() ? "" : root + "/", "../".repeat(depth));
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    private void checkOutputDirectory() {
        Path directory = request.outputDirectory();
        if (!isInBuildDirectory(directory)) {
            problems.add(
                    "outputDirectory",
                    FileName.shown(directory),
                    null,
                    "lies outside the build directory " + FileName.shown(request.buildDirectory())
                            + "; a build writes nowhere else, so that 'mvn clean' removes all of it");
        }
    }

    private boolean isInBuildDirectory(Path path) {
        return path.startsWith(request.buildDirectory())
                && OutputClaims.real(path).startsWith(OutputClaims.real(request.buildDirectory()));
    }

    private @Nullable Path output(String element, @Nullable String typed, int index) {
        BundleSpec spec = request.bundles().get(index);
        String label = spec.label(index);
        if (typed == null || typed.isBlank()) {
            problems.add(
                    element, null, label, "is missing; name the file to write, such as <output>js/shop.js</output>");
            return null;
        }
        if (OpenProperties.are(element, typed, label, problems)) {
            return null;
        }
        String name = typed.trim();
        Path output;
        try {
            output = FileName.resolve(request.outputDirectory(), name);
        } catch (InvalidPathException e) {
            problems.add(element, typed, label, "is no file name: " + Shown.text(e.getReason()));
            return null;
        }
        if (name.endsWith("/") || name.endsWith("\\") || output.equals(request.outputDirectory())) {
            problems.add(element, typed, label, "names a directory; add the file's name, such as bundle.js");
            return null;
        }
        if (!isInBuildDirectory(output) || output.equals(request.buildDirectory())) {
            problems.add(
                    element,
                    typed,
                    label,
                    "leads to " + FileName.shown(output) + ", outside the build directory "
                            + FileName.shown(request.buildDirectory()) + "; write a path below <outputDirectory>");
            return null;
        }
        if (output.startsWith(request.ownDirectory())) {
            problems.add(
                    element,
                    typed,
                    label,
                    "leads into " + FileName.shown(request.ownDirectory())
                            + ", where this plugin keeps its own files; choose another directory");
            return null;
        }
        boolean free = claim(element, output, typed, index, label)
                && (!spec.sourceMap() || claim(element, BundlePlan.mapOf(output), typed, index, label));
        return free ? output : null;
    }

    private String owner(int index) {
        String label = request.bundles().get(index).label(index);
        return Shown.text("bundle " + label + (label.startsWith("number ") ? "" : " (number " + (index + 1) + ")")
                + " of " + request.owner());
    }

    private boolean claim(String element, Path file, String typed, int index, String label) {
        if (Files.isDirectory(file)) {
            problems.add(
                    element, typed, label, FileName.shown(file) + " is a directory; remove it or choose another name");
            return false;
        }
        String owner = owner(index);
        OutputClaims.Holder first = claims.claim(file, owner);
        if (!first.owner().equals(owner)) {
            String other = first.file().equals(FileName.unicode(file))
                    ? ""
                    : " as " + Shown.text(first.file()) + ", which is the same file on some machines";
            problems.add(
                    element,
                    typed,
                    label,
                    FileName.shown(file) + " is also written by " + first.owner() + other
                            + "; give each bundle a file of its own");
            return false;
        }
        return true;
    }

    private Charset charset(BundleSpec spec, String label) {
        String own = spec.encoding();
        return own != null ? charset(own, label) : charset(request.encoding(), null);
    }

    private Charset charset(@Nullable String typed, @Nullable String label) {
        if (typed == null || typed.isBlank()) {
            return StandardCharsets.UTF_8;
        }
        try {
            Charset charset = Charset.forName(typed.trim());
            charset.newDecoder();
            return charset;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException | UnsupportedOperationException e) {
            problems.add(
                    "encoding",
                    typed,
                    label,
                    "is no charset this Java knows; write one such as UTF-8, ISO-8859-1 or windows-1251");
            return StandardCharsets.UTF_8;
        }
    }

    private String banner(BundleSpec spec, String label, BundlePlan.Language language) {
        String typed = spec.banner();
        if (typed == null || typed.isBlank()) {
            return "";
        }
        String banner = typed.strip();
        char[] chars = banner.toCharArray();
        if (language == BundlePlan.Language.STYLE) {
            if (!StyleReader.isBanner(banner)) {
                problems.add(
                        "banner",
                        banner.lines().findFirst().orElse(""),
                        label,
                        "must hold CSS comments, such as /*! Shop ${project.version} */; put rules into a file");
            }
        } else if (!PrologueScanner.isBanner(chars, chars.length)) {
            problems.add(
                    "banner",
                    banner.lines().findFirst().orElse(""),
                    label,
                    "must hold JavaScript comments, such as /*! Shop ${project.version} */, or directives; put other code into a file");
        }
        return banner + "\n";
    }
}
