package dev.procession.plugin.npm;

import dev.procession.plugin.report.Amount;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.work.FileName;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The npm packages of a project, as a folder that a bundler can search: hand {@link #nodeModules()} to it as
 * {@code NODE_PATH}, relative to the folder that it runs in. Whatever {@code node_modules} lies beside the sources is found by
 * the bundler first, and is not touched.
 *
 * <p>Each jar is unpacked once per machine, into the cache; the project's folder has links to those files. Neither is to be
 * edited: files are read-only where the file system knows that. When nothing changed, making it costs a look at each source.
 */
public final class PackageFolder {
    /** Once for a damaged cache, once more for another build that repairs it at the same time. */
    private static final int ATTEMPTS = 3;

    private final Optional<Path> nodeModules;
    private final List<NpmPackage> packages;
    private final List<String> warnings;
    private final String fingerprint;

    private PackageFolder(Path nodeModules, ViewRecord record) {
        List<NpmPackage> all = new ArrayList<>();
        for (ViewRecord.Entry entry : record.packages()) {
            Path place = nodeModules.resolve(entry.path());
            List<Path> licenceFiles = new ArrayList<>();
            for (String file : entry.licenceFiles()) {
                licenceFiles.add(FileName.resolve(place, file));
            }
            all.add(new NpmPackage(
                    entry.name(),
                    entry.version(),
                    entry.coordinates(),
                    place,
                    entry.licence(),
                    List.copyOf(licenceFiles)));
        }
        this.packages = List.copyOf(all);
        this.warnings = List.copyOf(record.warnings());
        this.nodeModules = packages.isEmpty() ? Optional.empty() : Optional.of(nodeModules);
        this.fingerprint = record.fingerprint();
    }

    /**
     * Makes the folder, or finds that it is as it should be. Other builds may do the same at the same time, in this JVM or in
     * others; a build that is killed leaves nothing that is taken for whole.
     *
     * @param sources what may hold packages, the nearest first: the first to provide a package wins
     * @param places where packages are put
     * @param log hears of versions that compete and of ranges; of details in debug
     * @return the folder
     * @throws IOException when a source cannot be looked at
     * @throws InterruptedException when this thread is interrupted while another build unpacks
     * @throws PackagesFailedException when a jar cannot be read or holds a path that escapes, or when the cache or the folder
     *     cannot be written
     */
    public static PackageFolder of(List<PackageSource> sources, PackagePlaces places, BuildLog log)
            throws IOException, InterruptedException {
        long now = nowNanos();
        SeenSources seen = SeenSources.of(sources);
        View view = new View(places.folder(), log);
        Optional<ViewRecord> known = view.current();
        ViewRecord record = known.isPresent() && known.get().isOf(seen.lines(), seen.states())
                ? known.get()
                : new Making(sources, seen.states(), seen.lines(), places, log, now).make(view);
        for (String warning : record.warnings()) {
            log.warn(warning);
        }
        PackageFolder folder = new PackageFolder(view.nodeModules(), record);
        if (log.debugs()) {
            folder.tell(places.project(), log);
        }
        return folder;
    }

    private static long nowNanos() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    /** One making of a view that is not what it should be. */
    private record Making(
            List<PackageSource> sources,
            List<SourceState> states,
            List<String> lines,
            PackagePlaces places,
            BuildLog log,
            long nowNanos) {

        ViewRecord make(View view) throws IOException, InterruptedException {
            try {
                UnitStore store = new UnitStore(places.cacheDirectory(), Limits.USUAL, log);
                for (int attempt = 1; ; attempt++) {
                    try {
                        return make(view, store);
                    } catch (DamagedUnitException e) {
                        if (attempt == ATTEMPTS) {
                            throw failed(places.cacheDirectory(), "it is damaged again and again: " + e.getMessage());
                        }
                        log.debug(e.getMessage() + "; it is unpacked anew");
                        store.discard(e.key());
                    }
                }
            } catch (FileSystemException e) {
                // Of a copy or a link the second is what cannot be made.
                String made = e.getOtherFile() != null ? e.getOtherFile() : e.getFile();
                boolean cache =
                        made != null && made.startsWith(places.cacheDirectory().toString());
                throw failed(cache ? places.cacheDirectory() : places.folder(), reason(e, made));
            }
        }

        private ViewRecord make(View view, UnitStore store)
                throws IOException, InterruptedException, DamagedUnitException {
            List<UnitFinder.Found> found = new UnitFinder(store, log, nowNanos).find(sources, states);
            Layout layout = Layout.of(found);
            if (layout.placements().isEmpty() && !Files.exists(view.nodeModules())) {
                return ViewRecord.empty(layout.warnings());
            }
            return view.update(layout, lines, nowNanos);
        }

        private static String reason(FileSystemException e, @Nullable String made) {
            if (e.getClass() != FileSystemException.class) {
                return e.getClass().getSimpleName() + ": " + e.getMessage();
            }
            return e.getReason() == null || made == null ? String.valueOf(e.getMessage()) : made + ": " + e.getReason();
        }

        private static PackagesFailedException failed(Path where, String reason) {
            return new PackagesFailedException(List.of("the npm packages cannot be put into " + where + ": " + reason));
        }
    }

    /** Which of two packages of one name the bundler takes: those beside the sources. */
    private void tell(@Nullable Path project, BuildLog log) {
        log.debug(Amount.of(packages.size(), "npm package") + " from Maven dependencies");
        for (Path place = project; place != null; place = place.getParent()) {
            Path own = place.resolve("node_modules");
            if (Files.isDirectory(own)) {
                for (NpmPackage each : packages) {
                    if (Files.exists(own.resolve(each.name()))) {
                        log.debug(own.resolve(each.name()) + " wins over " + each.coordinates());
                    }
                }
            }
        }
    }

    /**
     * Where the packages are.
     *
     * @return a folder named {@code node_modules}, empty when no source holds a package
     */
    public Optional<Path> nodeModules() {
        return nodeModules;
    }

    /**
     * The packages.
     *
     * @return all of them in the order of their folders; a package may be there in two versions, one below its only user
     */
    public List<NpmPackage> packages() {
        return packages;
    }

    /**
     * What the user should know in every build; it was said when the folder was made.
     *
     * @return a line for each
     */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * What is in the folder, as a text to compare: the same for the same contents under the same names, on every machine.
     *
     * @return the fingerprint
     */
    public String fingerprint() {
        return fingerprint;
    }

    /**
     * The way out for an import that was not found.
     *
     * @param importName the import as it is in the source
     * @return what to tell the user
     */
    public MissingPackage missing(String importName) {
        return new WayOut(packages).of(importName);
    }
}
