package dev.procession.plugin.bundle;

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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks what the user typed, and finds the inputs; tells every problem, not only the first. */
final class BundlePlanner {
    private final BundleRequest request;
    private final Problems problems;
    private final OutputClaims claims;

    BundlePlanner(BundleRequest request, OutputClaims claims, Problems problems) {
        this.request = request;
        this.claims = claims;
        this.problems = problems;
    }

    List<BundlePlan> plan() {
        if (request.bundles().isEmpty() && request.modules().specs().isEmpty()) {
            problems.add(
                    "bundles",
                    null,
                    null,
                    "is missing; name at least one <bundle> with its <includes> (or its <entry>) and <output>, or leave this module out with"
                            + " <skip>true</skip>");
        }
        checkOutputDirectory();
        List<@Nullable Path> outputs = new ArrayList<>();
        Set<Path> written = new HashSet<>();
        for (int i = 0; i < request.bundles().size(); i++) {
            Path output = output(i);
            outputs.add(output);
            if (output != null) {
                written.add(output);
                written.add(mapOf(output));
            }
        }
        InputResolver resolver = new InputResolver(request, written, problems);
        List<BundlePlan> plans = new ArrayList<>();
        for (int i = 0; i < request.bundles().size(); i++) {
            BundleSpec spec = request.bundles().get(i);
            String label = spec.label(i);
            Charset charset = charset(spec, label);
            String banner = banner(spec, label);
            List<Input> inputs = resolver.resolve(spec, label);
            Path output = outputs.get(i);
            if (output != null) {
                plans.add(new BundlePlan(
                        label, output, spec.sourceMap() ? mapOf(output) : null, charset, banner, inputs));
            }
        }
        return plans;
    }

    private static Path mapOf(Path output) {
        Path directory = parent(output);
        return FileName.resolve(directory, FileName.of(directory, output) + ".map");
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

    private @Nullable Path output(int index) {
        BundleSpec spec = request.bundles().get(index);
        String label = spec.label(index);
        String typed = spec.output();
        if (typed == null || typed.isBlank()) {
            problems.add(
                    "output", null, label, "is missing; name the file to write, such as <output>js/shop.js</output>");
            return null;
        }
        String name = typed.trim();
        Path output;
        try {
            output = FileName.resolve(request.outputDirectory(), name);
        } catch (InvalidPathException e) {
            problems.add("output", typed, label, "is no file name: " + Shown.text(e.getReason()));
            return null;
        }
        if (name.endsWith("/") || name.endsWith("\\") || output.equals(request.outputDirectory())) {
            problems.add("output", typed, label, "names a directory; add the file's name, such as bundle.js");
            return null;
        }
        if (!isInBuildDirectory(output) || output.equals(request.buildDirectory())) {
            problems.add(
                    "output",
                    typed,
                    label,
                    "leads to " + FileName.shown(output) + ", outside the build directory "
                            + FileName.shown(request.buildDirectory()) + "; write a path below <outputDirectory>");
            return null;
        }
        if (output.startsWith(request.ownDirectory())) {
            problems.add(
                    "output",
                    typed,
                    label,
                    "leads into " + FileName.shown(request.ownDirectory())
                            + ", where this plugin keeps its own files; choose another directory");
            return null;
        }
        boolean free =
                claim(output, typed, index, label) && (!spec.sourceMap() || claim(mapOf(output), typed, index, label));
        return free ? output : null;
    }

    private boolean claim(Path file, String typed, int index, String label) {
        if (Files.isDirectory(file)) {
            problems.add(
                    "output", typed, label, FileName.shown(file) + " is a directory; remove it or choose another name");
            return false;
        }
        String owner = Shown.text("bundle " + label
                + (label.startsWith("number ") ? "" : " (number " + (index + 1) + ")") + " of " + request.owner());
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
                            + "; give each bundle a file of its own");
            return false;
        }
        return true;
    }

    private Charset charset(BundleSpec spec, String label) {
        String own = spec.encoding();
        String typed = own != null ? own : request.encoding();
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
                    own != null ? label : null,
                    "is no charset this Java knows; write one such as UTF-8, ISO-8859-1 or windows-1251");
            return StandardCharsets.UTF_8;
        }
    }

    private String banner(BundleSpec spec, String label) {
        String typed = spec.banner();
        if (typed == null || typed.isBlank()) {
            return "";
        }
        String banner = typed.strip();
        char[] chars = banner.toCharArray();
        if (!PrologueScanner.isBanner(chars, chars.length)) {
            problems.add(
                    "banner",
                    banner.lines().findFirst().orElse(""),
                    label,
                    "must hold JavaScript comments, such as /*! Shop ${project.version} */, or directives; put other code into a file");
        }
        return banner + "\n";
    }
}
