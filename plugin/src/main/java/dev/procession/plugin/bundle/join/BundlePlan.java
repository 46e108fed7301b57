package dev.procession.plugin.bundle.join;

import dev.procession.plugin.bundle.input.Input;
import dev.procession.plugin.bundle.read.StyleUrls;
import dev.procession.plugin.bundle.record.Sha256;
import dev.procession.plugin.output.OutputSettings;
import dev.procession.plugin.work.FileName;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A bundle that passed every check, with its inputs in order.
 *
 * @param label its name in messages
 * @param owner who claims its outputs
 * @param id its name in properties, reports and the manifest
 * @param language what its files are written in
 * @param outputDirectory what the names of outputs are relative to
 * @param targets the files to write, the first of which stands for the bundle
 * @param mapped whether each of them has a source map beside it
 * @param charset what its inputs are written in
 * @param banner the lines to begin with, each ended by LF; empty for none
 * @param urls how addresses in style sheets are rewritten
 * @param inputs the files, in the order of the bundle
 * @param settings what surrounds it
 */
public record BundlePlan(
        String label,
        String owner,
        String id,
        Language language,
        Path outputDirectory,
        List<Target> targets,
        boolean mapped,
        Charset charset,
        String banner,
        StyleUrls urls,
        List<Input> inputs,
        OutputSettings settings) {

    /** What a bundle's files are written in. */
    enum Language {
        SCRIPT,
        STYLE
    }

    /**
     * A file to write.
     *
     * @param output its path, in whose name {@code [hash]} may stand
     * @param minified whether the engine shortens it
     */
    public record Target(Path output, boolean minified) {}

    public BundlePlan {
        targets = List.copyOf(targets);
        inputs = List.copyOf(inputs);
    }

    /** The file that stands for the bundle. */
    public Path output() {
        return targets.get(0).output();
    }

    boolean isMinified() {
        return targets.stream().anyMatch(Target::minified);
    }

    /** Whether the text is written as it was read, so that somebody needs its mappings. */
    boolean isPlain() {
        return targets.stream().anyMatch(target -> !target.minified());
    }

    long bytes() {
        return inputs.stream().mapToLong(Input::size).sum();
    }

    static Path mapOf(Path output) {
        Path directory = output.getParent();
        return directory == null ? output : FileName.resolve(directory, FileName.of(directory, output) + ".map");
    }

    /**
     * All but the inputs that decides what is written.
     *
     * @param engineVersion of this plugin
     * @param engine what tells one engine from another, or empty when none is used
     * @param surroundings where reports and manifests go
     */
    String fingerprint(String engineVersion, String engine, String surroundings) {
        StringBuilder text = new StringBuilder(engineVersion);
        for (Target target : targets) {
            text.append('\0').append(FileName.unicode(target.output())).append(target.minified() ? " min" : "");
        }
        String rest = String.join(
                "\0",
                mapped ? "map" : "",
                charset.name(),
                banner,
                id,
                urls.toString(),
                settings.fingerprint(),
                isMinified() ? engine : "",
                surroundings);
        return Sha256.of(text.append('\0').append(rest).toString().getBytes(StandardCharsets.UTF_8));
    }
}
