package dev.procession.plugin.bundle.join;

import dev.procession.plugin.bundle.map.MapSources;
import dev.procession.plugin.bundle.map.SourceMapWriter;
import dev.procession.plugin.bundle.publish.HashedName;
import dev.procession.plugin.bundle.publish.Staging;
import dev.procession.plugin.bundle.record.Sha256;
import dev.procession.plugin.bundle.request.Problems;
import dev.procession.plugin.output.Chunk;
import dev.procession.plugin.output.Part;
import dev.procession.plugin.output.StagedFile;
import dev.procession.plugin.work.FileName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes the outputs of a joined bundle, and their maps, to staged files. */
final class TargetWriter {
    private final BundlePlan plan;
    private final JoinedText text;
    private final Minifier minifier;
    private final Staging staging;
    private final Problems problems;
    private final List<Chunk> chunks = new ArrayList<>();

    TargetWriter(BundlePlan plan, JoinedText text, Minifier minifier, Staging staging, Problems problems) {
        this.plan = plan;
        this.text = text;
        this.minifier = minifier;
        this.staging = staging;
        this.problems = problems;
    }

    /** Writes all of them; the first one stands for the bundle. */
    List<Chunk> write() throws IOException, InterruptedException {
        for (BundlePlan.Target target : plan.targets()) {
            if (target.minified()) {
                writeMinified(target.output());
            } else {
                writePlain(target.output());
            }
        }
        return chunks;
    }

    /** The plain output, if there is a shortened one beside it. */
    Set<Path> plainOfTwo() {
        return plan.targets().size() > 1 ? Set.of(chunks.get(0).file().target()) : Set.of();
    }

    private void writePlain(Path pattern) throws IOException {
        try (Staging.Draft draft = staging.draft(pattern)) {
            MessageDigest digest = Sha256.digest();
            OutputStream out = HashedName.isHashed(pattern) ? new DigestOutputStream(draft.out(), digest) : draft.out();
            Joined joined = text.write(out);
            finish(pattern, draft, digest, joined.sources, joined.mappings.text(), text.parts());
        }
    }

    private void writeMinified(Path pattern) throws IOException, InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Joined joined = text.write(bytes);
        Minifier.Minified minified = minifier.minify(plan, bytes.toByteArray(), joined, problems);
        if (minified == null) {
            return;
        }
        byte[] code = minified.code().getBytes(StandardCharsets.UTF_8);
        try (Staging.Draft draft = staging.draft(pattern)) {
            draft.out().write(code);
            MessageDigest digest = Sha256.digest();
            digest.update(code);
            finish(pattern, draft, digest, minified.sources(), minified.mappings(), minified.parts());
        }
    }

    /** Adds the link to the map and writes that; names both by what was written. */
    private void finish(
            Path pattern,
            Staging.Draft draft,
            MessageDigest digest,
            MapSources sources,
            String mappings,
            List<Part> parts)
            throws IOException {
        if (plan.mapped() && HashedName.isHashed(pattern)) {
            // A map may differ when the text does not, and browsers keep both for ever.
            digest.update(mappings.getBytes(StandardCharsets.US_ASCII));
            sources.digest(digest);
        }
        Path output = HashedName.of(pattern, digest);
        boolean entry = chunks.isEmpty();
        List<Chunk> written = new ArrayList<>();
        written.add(new Chunk(
                new StagedFile(output, draft.file().content()),
                plan.language() == BundlePlan.Language.STYLE ? Chunk.Role.STYLE : Chunk.Role.SCRIPT,
                logical(pattern),
                entry ? plan.id() : plan.id() + ".min",
                true,
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                parts));
        if (plan.mapped()) {
            Path map = BundlePlan.mapOf(output);
            draft.out().write(link(map).getBytes(StandardCharsets.US_ASCII));
            try (Staging.Draft mapDraft = staging.draft(map)) {
                SourceMapWriter.write(mapDraft.out(), nameOf(output), sources, mappings);
                written.add(Chunk.of(new StagedFile(map, mapDraft.file().content()), Chunk.Role.MAP));
            }
        }
        chunks.addAll(written);
    }

    /** What the manifest calls an output: its name as it would be without a hash. */
    private String logical(Path pattern) {
        return HashedName.without(FileName.of(plan.outputDirectory(), pattern));
    }

    private String link(Path map) {
        // A colon would make a scheme of what stands before it.
        String url = FileName.encoded(nameOf(map)).replace(":", "%3A");
        return plan.language() == BundlePlan.Language.STYLE
                ? "/*# sourceMappingURL=" + url.replace("*", "%2A") + " */\n"
                : "//# sourceMappingURL=" + url + "\n";
    }

    private static String nameOf(Path file) {
        Path directory = file.getParent();
        return FileName.of(directory == null ? file : directory, file);
    }
}
