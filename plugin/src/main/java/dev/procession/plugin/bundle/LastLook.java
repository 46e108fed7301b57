package dev.procession.plugin.bundle;

import dev.procession.plugin.bundle.publish.OutputClaims;
import dev.procession.plugin.bundle.publish.Staging;
import dev.procession.plugin.bundle.record.BuildRecord;
import dev.procession.plugin.bundle.record.FileState;
import dev.procession.plugin.bundle.record.Freshness;
import dev.procession.plugin.bundle.request.BundleRequest;
import dev.procession.plugin.npm.SeenSources;
import dev.procession.plugin.output.StagedFile;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.work.FileName;
import dev.procession.plugin.work.FileStat;
import dev.procession.plugin.work.SealedText;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What an execution looked at when it last had nothing to do, and what it said then. Who is asked for the same and sees
 * the same has nothing to do either, and need not check, plan and compare: in a JVM that has just started that takes
 * three times as long as looking. Whoever sees anything else goes the long way, which alone decides what is stale.
 *
 * <p>Of what was seen only the names are kept, and one sum over all sizes, times and identities. It is kept when all of
 * them were those of the build record, and old enough to be believed (see {@link Freshness}).
 *
 * <pre>{@code
 * procession bundle-js look 1
 * what was asked for
 * 4f1d07c2a3b95e60 1 1001 812345          the sum; bundles, files and bytes for the reader
 * classes/META-INF/resources/shop.js      where they are, and how the log shows that
 * target/classes/META-INF/resources/shop.js
 * warn text                               said in every build
 * property shop.file shop.js
 * claim classes/META-INF/resources/shop.js bundle%20shop.js...
 * none ../tsconfig.json                   what is not there
 * file src/main/js/a.js                   what is there, relative to the project
 * end 1c291ca3
 * }</pre>
 */
final class LastLook {
    private static final String HEAD = "procession bundle-js look 1";

    private final BundleRequest request;
    private final Path file;
    private final OutputClaims claims;
    private final BuildLog log;
    private @Nullable String asked;
    private long sum;

    LastLook(BundleRequest request, Path file, OutputClaims claims, BuildLog log) {
        this.request = request;
        this.file = file;
        this.claims = claims;
        this.log = log;
    }

    /**
     * What was said last time, if everything looks as it did; claims the same outputs then. Who wants details, or contents
     * compared, goes the long way, and so does who joins files: which ones, the whole plan tells.
     */
    Optional<BundleResult> again(long began) throws IOException {
        if (!isPossible() || log.debugs()) {
            return Optional.empty();
        }
        Optional<String> text = SealedText.read(file, HEAD);
        if (text.isEmpty() || isAnythingStaged()) {
            return Optional.empty();
        }
        try {
            return again(new Lines(text.get()), began);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What is about to be written makes it untrue. */
    void forget() throws IOException {
        Files.deleteIfExists(file);
    }

    private boolean isPossible() {
        return request.mistakes().isEmpty()
                && request.bundles().isEmpty()
                && !request.modules().specs().isEmpty()
                && request.upToDate().equals("stat");
    }

    /** What a dead build left is swept away by the long way. */
    private boolean isAnythingStaged() throws IOException {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(request.ownDirectory().resolve("staging"))) {
            return files.iterator().hasNext();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private Optional<BundleResult> again(Lines lines, long began) throws IOException {
        if (!lines.next().equals(asked(SeenSources.of(request.modules().sources())))) {
            return Optional.empty();
        }
        String[] numbers = lines.next().split(" ", -1);
        Path place = FileName.resolve(request.buildDirectory(), FileName.decoded(lines.next()));
        String shown = FileName.decoded(lines.next());
        Map<String, String> properties = new TreeMap<>();
        List<String> claimed = new ArrayList<>();
        sum = 0;
        while (lines.hasNext()) {
            String line = lines.next();
            String word = line.substring(line.indexOf(' ') + 1);
            switch (line.charAt(0)) {
                case 'f' -> {
                    if (!look(FileName.decoded(word))) {
                        return Optional.empty();
                    }
                }
                case 'n' -> {
                    if (Files.exists(FileName.resolve(request.projectDirectory(), FileName.decoded(word)))) {
                        return Optional.empty();
                    }
                }
                case 'p' -> {
                    int blank = word.indexOf(' ');
                    properties.put(
                            FileName.decoded(word.substring(0, blank)), FileName.decoded(word.substring(blank + 1)));
                }
                case 'c' -> claimed.add(word);
                default -> {}
            }
        }
        if (!Long.toHexString(sum).equals(numbers[0]) || !claim(claimed)) {
            return Optional.empty();
        }
        lines.warnings(log);
        return Optional.of(new BundleResult(
                0,
                Integer.parseInt(numbers[1]),
                Integer.parseInt(numbers[2]),
                Long.parseLong(numbers[3]),
                0,
                System.nanoTime() - began,
                place,
                shown,
                new BundleResult.Sizes(0, OptionalLong.empty()),
                properties));
    }

    /** Last of all: what is claimed, the long way would no longer remove. */
    private boolean claim(List<String> words) {
        for (String word : words) {
            int blank = word.indexOf(' ');
            String owner = FileName.decoded(word.substring(blank + 1));
            Path output = FileName.resolve(request.buildDirectory(), FileName.decoded(word.substring(0, blank)));
            if (!claims.claim(output, owner).owner().equals(owner)) {
                return false;
            }
        }
        return true;
    }

    /** Takes a file into the sum; whether it is there. */
    private boolean look(String name) {
        try {
            add(Files.readAttributes(FileName.resolve(request.projectDirectory(), name), BasicFileAttributes.class));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void add(BasicFileAttributes seen) {
        add(seen.size());
        add(seen.lastModifiedTime().to(TimeUnit.NANOSECONDS));
        Object key = seen.fileKey();
        add(key == null ? 0 : key.hashCode());
    }

    private void add(long value) {
        // One step of the generator SplitMix64, which spreads each bit over all of them.
        long mixed = (sum ^ value) + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        sum = mixed ^ (mixed >>> 31);
    }

    private String asked(SeenSources sources) throws IOException {
        String known = asked;
        if (known == null) {
            known = RequestText.of(request) + sources.text();
            asked = known;
        }
        return known;
    }

    /**
     * Keeps what was seen by a run that found nothing to do.
     *
     * @param result what it said
     * @param warnings what is to be said in every build
     * @param bundles what it found
     * @param manifest the manifest, or null
     * @param started when it began
     */
    void keep(
            BundleResult result,
            List<String> warnings,
            List<BuildRecord.Bundle> bundles,
            @Nullable Path manifest,
            long started,
            Staging staging)
            throws IOException {
        SeenSources sources = SeenSources.of(request.modules().sources());
        if (!isPossible() || result.written() > 0 || !sources.wereOldAt(started)) {
            return;
        }
        StringBuilder rest = new StringBuilder();
        for (String warning : warnings) {
            rest.append("warn ").append(FileName.encoded(warning)).append('\n');
        }
        for (Map.Entry<String, String> property : result.properties().entrySet()) {
            rest.append("property ")
                    .append(FileName.encoded(property.getKey()))
                    .append(' ')
                    .append(FileName.encoded(property.getValue()))
                    .append('\n');
        }
        for (OutputClaims.Claim claim : claims.own()) {
            rest.append("claim ")
                    .append(FileName.encoded(FileName.of(request.buildDirectory(), claim.file())))
                    .append(' ')
                    .append(FileName.encoded(claim.owner()))
                    .append('\n');
        }
        if (!isWhole(bundles, manifest, started, rest)) {
            return;
        }
        String text = asked(sources) + "\n" + Long.toHexString(sum) + " " + result.current() + " "
                + result.files() + " " + result.bytes() + "\n"
                + FileName.encoded(FileName.of(request.buildDirectory(), result.place())) + "\n"
                + FileName.encoded(result.shownPlace()) + "\n" + rest;
        StagedFile staged = new StagedFile(file, staging.newFile(file));
        Files.write(staged.content(), SealedText.of(HEAD, text));
        staging.publish(staged);
    }

    /** Adds all that was seen, if it is still there as it was and can be believed next time. */
    private boolean isWhole(
            List<BuildRecord.Bundle> bundles, @Nullable Path manifest, long started, StringBuilder text) {
        sum = 0;
        for (BuildRecord.Bundle bundle : bundles) {
            for (FileState state : bundle.searched()) {
                Path place = FileName.resolve(request.projectDirectory(), state.name());
                if (state.sha256().equals(FileState.ABSENT)) {
                    text.append("none ").append(FileName.encoded(state.name())).append('\n');
                } else if (!keep(place, state.stat(), started - Freshness.SLACK_NANOS, text)) {
                    return false;
                }
            }
            for (FileState state : bundle.inputs()) {
                Path place = FileName.resolve(request.projectDirectory(), state.name());
                if (!keep(place, state.stat(), started - Freshness.SLACK_NANOS, text)) {
                    return false;
                }
            }
            for (FileState state : bundle.outputs()) {
                Path place = FileName.resolve(request.buildDirectory(), state.name());
                if (!keep(
                        place,
                        state.stat(),
                        started - Freshness.slack(state.stat().modifiedNanos()),
                        text)) {
                    return false;
                }
            }
        }
        if (manifest == null || !Files.exists(manifest)) {
            return true;
        }
        try {
            FileStat stat = FileStat.of(manifest);
            return keep(manifest, stat, started - Freshness.slack(stat.modifiedNanos()), text);
        } catch (IOException e) {
            return false;
        }
    }

    private boolean keep(Path place, FileStat known, long before, StringBuilder text) {
        try {
            BasicFileAttributes seen = Files.readAttributes(place, BasicFileAttributes.class);
            if (!FileStat.of(seen).equals(known) || known.modifiedNanos() >= before) {
                return false;
            }
            add(seen);
        } catch (IOException e) {
            return false;
        }
        String name = FileName.of(request.projectDirectory(), place);
        text.append("file ").append(FileName.encoded(name)).append('\n');
        return true;
    }

    /** The lines of a text, one after the other. */
    private static final class Lines {
        private final String text;
        private int at;

        Lines(String text) {
            this.text = text;
        }

        boolean hasNext() {
            return at < text.length();
        }

        String next() {
            int lineEnd = text.indexOf('\n', at);
            String line = text.substring(at, lineEnd);
            at = lineEnd + 1;
            return line;
        }

        /** Says what is said in every build. */
        void warnings(BuildLog log) {
            at = 0;
            for (int i = 0; i < 4; i++) {
                next();
            }
            while (hasNext()) {
                String line = next();
                if (!line.startsWith("warn ")) {
                    return;
                }
                log.warn(FileName.decoded(line.substring("warn ".length())));
            }
        }
    }
}
