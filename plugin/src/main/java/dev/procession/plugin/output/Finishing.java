package dev.procession.plugin.output;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.work.FileName;
import dev.procession.plugin.work.WriteFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Adds to bundles what surrounds them. For one execution; not thread-safe.
 *
 * <p>Its caller makes the bundles' files, has them finished, publishes all of them, and asks for nothing for a bundle
 * that is up to date: facts are kept in the build's record. Child processes that were started have ended when
 * {@link #finish} returns, however it returns.
 */
public final class Finishing {
    private final OutputPlaces places;
    private final CompressionMeans means;
    private final BuildLog log;

    /**
     * Nothing is done yet.
     *
     * @param places where the execution has what
     * @param means who compresses
     * @param log where details go
     */
    public Finishing(OutputPlaces places, CompressionMeans means, BuildLog log) {
        this.places = places;
        this.means = means;
        this.log = log;
    }

    /**
     * Finishes bundles.
     *
     * @param bundles their staged files, and what the user wants around them
     * @param bench where further files are made
     * @param problems hears what the user has to mend, such as a budget that is exceeded; nothing may be published then
     * @return what was made, in the order of the bundles
     * @throws IOException when the machine fails
     * @throws InterruptedException when the thread is interrupted
     */
    public List<Finished> finish(List<Unfinished> bundles, Workbench bench, ProblemSink problems)
            throws IOException, InterruptedException {
        Compression compression = new Compression(means, places, log);
        List<Draft> drafts = new ArrayList<>();
        for (Unfinished bundle : bundles) {
            drafts.add(new Draft(bundle, bench, compression));
        }
        compression.run();
        List<Finished> finished = new ArrayList<>();
        for (Draft draft : drafts) {
            finished.add(draft.finish(problems));
        }
        return finished;
    }

    /** The work on one bundle. */
    private final class Draft {
        private final Composition composition;
        private final OutputSettings settings;
        private final Workbench bench;
        private final List<Chunk> chunks = new ArrayList<>();
        private final List<Long> sizes = new ArrayList<>();
        private final List<Map<Format, Compression.Order>> orders = new ArrayList<>();
        private final List<StagedFile> files = new ArrayList<>();

        Draft(Unfinished bundle, Workbench bench, Compression compression) throws IOException {
            this.composition = bundle.composition();
            this.settings = bundle.settings();
            this.bench = bench;
            chunks.addAll(composition.chunks());
            Path licenses = settings.licenses();
            if (licenses != null) {
                StagedFile file = write(licenses, LicenseText.of(composition));
                chunks.add(Chunk.of(file, Chunk.Role.NOTICE));
            }
            for (Chunk chunk : chunks) {
                long bytes = Files.size(chunk.file().content());
                sizes.add(bytes);
                Map<Format, Compression.Order> wanted = new EnumMap<>(Format.class);
                for (Format format : Format.values()) {
                    boolean asFile = settings.formats().contains(format)
                            && settings.isCompressed(chunk.file().target());
                    if (asFile || isMeasured(chunk, format)) {
                        wanted.put(format, compression.order(chunk.file(), bytes, format, asFile ? bench : null));
                    }
                }
                orders.add(wanted);
            }
        }

        private boolean isMeasured(Chunk chunk, Format format) {
            if (!Measured.isShipped(chunk.role())
                    || !settings.isCompressed(chunk.file().target())) {
                return false;
            }
            boolean measured = settings.sizeReport() && format == Format.GZIP;
            for (Budget budget : settings.budgets()) {
                measured |= budget.measure().format() == format;
            }
            return measured;
        }

        private StagedFile write(Path target, String text) throws IOException {
            StagedFile file = new StagedFile(target, bench.newFile(target));
            try {
                Files.writeString(file.content(), text, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw WriteFailure.naming(target, e);
            }
            files.add(file);
            return file;
        }

        Finished finish(ProblemSink problems) throws IOException {
            List<Measured> measured = new ArrayList<>();
            boolean integrity = settings.integrity(places.manifest() != null);
            for (int i = 0; i < chunks.size(); i++) {
                Chunk chunk = chunks.get(i);
                measured.add(new Measured(
                        chunk,
                        FileName.of(places.outputDirectory(), chunk.file().target()),
                        sizes.get(i),
                        size(orders.get(i).get(Format.GZIP), sizes.get(i)),
                        size(orders.get(i).get(Format.BROTLI), sizes.get(i)),
                        integrity && Measured.isShipped(chunk.role())
                                ? Integrity.of(chunk.file().content())
                                : ""));
                for (Compression.Order order : orders.get(i).values()) {
                    StagedFile gain = order.gain();
                    if (gain != null) {
                        files.add(gain);
                    }
                }
            }
            BudgetCheck.check(composition, measured, settings.budgets(), problems);
            List<ManifestEntry> manifest = new ManifestKeys(measured).entries();
            report(measured, manifest);
            Map<String, BundleFacts.Size> shipped = new LinkedHashMap<>();
            for (Measured file : measured) {
                if (file.isShipped()) {
                    shipped.put(file.name(), new BundleFacts.Size(file.bytes(), file.in(Budget.Measure.GZIP)));
                }
            }
            boolean gzipKnown = settings.sizeReport() || settings.formats().contains(Format.GZIP);
            return new Finished(files, new BundleFacts(shipped, gzipKnown, FilterProperties.of(composition, measured)));
        }

        /** What would not become smaller is sent as it is. */
        private OptionalLong size(Compression.@Nullable Order order, long plain) {
            return order == null ? OptionalLong.empty() : OptionalLong.of(Math.min(order.size(), plain));
        }

        private void report(List<Measured> measured, List<ManifestEntry> manifest) throws IOException {
            if (settings.sizeReport()) {
                String json = SizeReport.json(composition, measured);
                write(places.report(composition.id(), ".sizes.json"), json);
                write(places.report(composition.id(), ".sizes.html"), SizeReport.page(json));
            }
            Path whole = places.manifest();
            if (whole != null) {
                ManifestShare share = new ManifestShare(FileName.of(places.buildDirectory(), whole), manifest);
                write(places.report(composition.id(), ManifestShare.ENDING), share.text());
            }
        }
    }
}
