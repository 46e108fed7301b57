package dev.procession.plugin.bundle;

import dev.procession.plugin.bundle.join.BundlePlan;
import dev.procession.plugin.bundle.join.BundlePlanner;
import dev.procession.plugin.bundle.join.ConcatBundler;
import dev.procession.plugin.bundle.module.ModuleBundler;
import dev.procession.plugin.bundle.module.ModulePlan;
import dev.procession.plugin.bundle.module.ModulePlanner;
import dev.procession.plugin.bundle.publish.HashedName;
import dev.procession.plugin.bundle.publish.OutputClaims;
import dev.procession.plugin.bundle.publish.Staging;
import dev.procession.plugin.bundle.record.BuildRecord;
import dev.procession.plugin.bundle.record.Checksum;
import dev.procession.plugin.bundle.record.FileState;
import dev.procession.plugin.bundle.record.Freshness;
import dev.procession.plugin.bundle.record.MadeBundle;
import dev.procession.plugin.bundle.record.OutputOwners;
import dev.procession.plugin.bundle.record.RecordFile;
import dev.procession.plugin.bundle.request.BundleFailedException;
import dev.procession.plugin.bundle.request.BundleRequest;
import dev.procession.plugin.bundle.request.ModuleRequest;
import dev.procession.plugin.bundle.request.Problems;
import dev.procession.plugin.npm.PackageFolder;
import dev.procession.plugin.npm.PackagePlaces;
import dev.procession.plugin.output.CompressionMeans;
import dev.procession.plugin.output.Finished;
import dev.procession.plugin.output.Finishing;
import dev.procession.plugin.output.Manifest;
import dev.procession.plugin.output.OutputPlaces;
import dev.procession.plugin.output.StagedFile;
import dev.procession.plugin.output.Unfinished;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.report.Shown;
import dev.procession.plugin.work.FileName;
import dev.procession.plugin.work.FileStat;
import dev.procession.plugin.work.WorkerCount;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the bundles of one execution. Waits for its workers; leaves no process, thread or open file behind, and nothing
 * half-written, whether it succeeds, fails or is interrupted. Different instances may work at the same time.
 */
public final class ScriptBundler {
    private final BundleRequest request;
    private final BuildLog log;
    private final Problems problems = new Problems();
    private final OutputClaims claims;
    private final OutputOwners owners;

    /**
     * @param request what to do
     * @param log where details and warnings go; the result is returned, not logged
     */
    public ScriptBundler(BundleRequest request, BuildLog log) {
        this.request = request;
        this.log = log;
        this.claims = new OutputClaims(request.claims());
        this.owners = new OutputOwners(request, claims, problems);
    }

    /**
     * Does it.
     *
     * @return what was done
     * @throws BundleFailedException when the user has to mend something
     * @throws IOException when the machine fails
     * @throws InterruptedException when the thread is interrupted; nothing was published then, or all of a bundle
     */
    public BundleResult run() throws IOException, InterruptedException {
        long began = System.nanoTime();
        // Before any file is looked at: what changes from here on has a later time than the record.
        long started = nowNanos();
        Path records = request.ownDirectory().resolve("bundle-js");
        LastLook look = new LastLook(request, records.resolve(encodedExecution() + ".look"), claims, log);
        Optional<BundleResult> again = look.again(began);
        if (again.isPresent()) {
            return again.get();
        }
        problems.addAll(request.mistakes());
        WorkerCount workers = parseWorkers();
        boolean alwaysHash = parseUpToDate();
        RecordFile file = new RecordFile(records.resolve(encodedExecution() + ".txt"));
        BuildRecord old = file.read();
        List<BundlePlan> plans = new BundlePlanner(request, claims, written(old), problems).plan();
        Optional<PackageFolder> packages = packages();
        Optional<Path> nodeModules = packages.isPresent() ? packages.get().nodeModules() : Optional.empty();
        ModulePlanner modulePlanner = new ModulePlanner(
                request, nodeModules.isPresent() ? List.of(nodeModules.get()) : List.of(), claims, problems);
        List<ModulePlan> modulePlans = modulePlanner.plan();
        checkNames(plans, modulePlans);
        OutputPlaces places = places(plans, modulePlans);
        problems.throwIfAny();
        String surroundings = surroundings(places);
        ConcatBundler concat = new ConcatBundler(request, plans, owners, surroundings, problems, log);
        ModuleBundler modules = new ModuleBundler(request, packages, owners, surroundings, problems, log);

        try (Staging staging = new Staging(request.ownDirectory().resolve("staging"))) {
            staging.sweep();
            boolean hashed;
            try (Freshness freshness = new Freshness(alwaysHash, old.startedNanos(), started)) {
                concat.look(plans, old, freshness);
                modules.look(modulePlans, old, freshness);
                hashed = freshness.hashed();
            }
            concat.make(workers, staging);
            modules.make(started, staging);
            problems.throwIfAny();
            List<MadeBundle> made = new ArrayList<>(concat.made());
            made.addAll(modules.made());
            List<Finished> finished = finish(made, places, workers, staging);
            Manifest manifest = new Manifest(places);
            List<BuildRecord.Bundle> bundles = new ArrayList<>(concat.current());
            bundles.addAll(modules.current());
            long seen = nowNanos();
            Map<Path, FileState> states = states(made, finished);
            if (!made.isEmpty()) {
                look.forget();
                file.write(old.withPending(seen, states.values()), staging);
            }
            bundles.addAll(publish(made, finished, states, seen, staging));
            // A manifest names only what is there, at any time: it learns of what goes before that goes.
            boolean retired = retire(old, bundles, true);
            for (Path each : manifest.publish(staging)) {
                log.debug("brought up to date: " + FileName.shown(each));
            }
            retired |= retire(old, bundles, false);
            boolean changed = !made.isEmpty()
                    || retired
                    || bundles.size() != old.bundles().size();
            if (changed || hashed) {
                write(file, new BuildRecord(started, bundles), changed, staging);
            }
            BundleResult result = result(plans, concat, made, bundles, finished, System.nanoTime() - began);
            if (!changed) {
                keep(look, result, packages, bundles, places.manifest(), started, staging);
            }
            return result;
        }
    }

    private static long nowNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    private String encodedExecution() {
        return FileName.encoded(request.execution()).replace("/", "%2F");
    }

    private void checkNames(List<BundlePlan> plans, List<ModulePlan> modulePlans) {
        BundleNames names = new BundleNames(problems);
        for (BundlePlan plan : plans) {
            names.check(plan.id(), plan.label(), plan.owner());
        }
        for (ModulePlan plan : modulePlans) {
            names.check(plan.id(), plan.label(), plan.owner());
        }
    }

    private OutputPlaces places(List<BundlePlan> plans, List<ModulePlan> modulePlans) {
        boolean hashed = false;
        for (BundlePlan plan : plans) {
            for (BundlePlan.Target target : plan.targets()) {
                hashed |= HashedName.isHashed(target.output());
            }
        }
        for (ModulePlan plan : modulePlans) {
            hashed |= plan.isHashed();
        }
        Path manifest = ManifestName.of(request, hashed, problems);
        if (manifest != null) {
            // Executions share it, so its owner is none of them.
            String owner = "the manifest of " + FileName.shown(request.outputDirectory());
            OutputClaims.Holder holder = claims.claim(manifest, owner);
            if (!holder.owner().equals(owner)) {
                problems.add(
                        "manifest",
                        null,
                        null,
                        "would be " + FileName.shown(manifest) + ", which " + holder.owner()
                                + " writes; give it another name, or set it to none");
            }
        }
        return new OutputPlaces(
                request.outputDirectory(),
                request.buildDirectory(),
                request.ownDirectory().resolve("bundle-js").resolve(encodedExecution()),
                manifest);
    }

    /** Where what surrounds bundles goes, as far as bundles must be made anew when it changes. */
    private static String surroundings(OutputPlaces places) {
        Path manifest = places.manifest();
        return FileName.of(places.buildDirectory(), places.outputDirectory())
                + "\0" + FileName.of(places.buildDirectory(), places.reportDirectory())
                + "\0" + (manifest == null ? "" : FileName.of(places.buildDirectory(), manifest));
    }

    /** What this execution wrote last time: names with hashes in them are known from nowhere else. */
    private Set<Path> written(BuildRecord old) {
        Set<Path> written = new HashSet<>();
        for (BuildRecord.Bundle bundle : old.bundles()) {
            for (FileState state : bundle.outputs()) {
                written.add(FileName.resolve(request.buildDirectory(), state.name()));
            }
        }
        return written;
    }

    private List<Finished> finish(List<MadeBundle> made, OutputPlaces places, WorkerCount workers, Staging staging)
            throws IOException, InterruptedException {
        List<Unfinished> unfinished = new ArrayList<>();
        for (MadeBundle bundle : made) {
            unfinished.add(new Unfinished(bundle.composition(), bundle.settings()));
        }
        Finishing finishing = new Finishing(
                places,
                new CompressionMeans(
                        workers, request.workerCode(), request.outputs().brotli()),
                log);
        List<Finished> finished = finishing.finish(unfinished, staging, problems);
        for (int i = 0; i < made.size(); i++) {
            claim(made.get(i), finished.get(i));
        }
        problems.throwIfAny();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return finished;
    }

    private void claim(MadeBundle bundle, Finished finished) {
        Set<Path> own = new HashSet<>();
        Map<Path, Path> originals = new HashMap<>();
        for (StagedFile file : bundle.files()) {
            own.add(file.target());
            for (Path compressed : bundle.settings().compressed(file.target())) {
                originals.put(compressed, file.target());
            }
        }
        for (StagedFile file : finished.files()) {
            Path target = file.target();
            OutputClaims.Holder holder = owners.around(target, originals.get(target), bundle.owner());
            boolean twice = !own.add(target);
            if (twice || holder != null) {
                problems.add(
                        "output",
                        null,
                        bundle.composition().bundle(),
                        "and what surrounds it: " + FileName.shown(target) + " is also "
                                + (holder == null ? "another file of this bundle" : "written by " + holder.owner())
                                + "; choose another name");
            }
        }
    }

    private static List<StagedFile> files(MadeBundle bundle, Finished finished) {
        // What surrounds a bundle is there before the bundle is.
        List<StagedFile> files = new ArrayList<>(finished.files());
        files.addAll(bundle.files());
        return files;
    }

    /** What all files that are about to be published look like, by where they wait. */
    private Map<Path, FileState> states(List<MadeBundle> made, List<Finished> finished) throws IOException {
        Map<Path, FileState> states = new LinkedHashMap<>();
        for (int i = 0; i < made.size(); i++) {
            for (StagedFile file : files(made.get(i), finished.get(i))) {
                // Looked at while nobody else knows them; a rename changes none of it.
                states.put(
                        file.content(),
                        new FileState(
                                FileName.of(request.buildDirectory(), file.target()),
                                FileStat.of(file.content()),
                                Checksum.of(file.content())));
            }
        }
        return states;
    }

    private List<BuildRecord.Bundle> publish(
            List<MadeBundle> made, List<Finished> finished, Map<Path, FileState> states, long seen, Staging staging)
            throws IOException {
        List<BuildRecord.Bundle> records = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            MadeBundle bundle = made.get(i);
            List<StagedFile> files = files(bundle, finished.get(i));
            List<FileState> outputs = new ArrayList<>();
            List<StagedFile> unpublished = new ArrayList<>();
            for (StagedFile file : files) {
                FileState placed = owners.placed(file.target());
                if (placed == null) {
                    unpublished.add(file);
                    placed = Objects.requireNonNull(states.get(file.content()));
                }
                outputs.add(placed);
            }
            for (StagedFile file : unpublished) {
                staging.publish(file);
                log.debug("wrote " + FileName.shown(file.target()));
            }
            for (int j = 0; j < files.size(); j++) {
                owners.place(files.get(j).target(), outputs.get(j));
            }
            records.add(new BuildRecord.Bundle(
                    bundle.key(),
                    bundle.fingerprint(),
                    seen,
                    bundle.taken(),
                    bundle.inputs(),
                    bundle.searched(),
                    bundle.found(),
                    outputs,
                    finished.get(i).facts().properties()));
        }
        return records;
    }

    private void write(RecordFile file, BuildRecord record, boolean needed, Staging staging) throws IOException {
        try {
            file.write(record, staging);
        } catch (IOException e) {
            if (needed) {
                throw e;
            }
            // It would have spared a look at contents next time; where nothing may be written, nothing need be.
            log.debug("the record is not renewed: " + e.getMessage());
        }
    }

    private void keep(
            LastLook look,
            BundleResult result,
            Optional<PackageFolder> packages,
            List<BuildRecord.Bundle> bundles,
            @Nullable Path manifest,
            long started,
            Staging staging) {
        try {
            List<String> warnings = packages.isPresent() ? packages.get().warnings() : List.of();
            look.keep(result, warnings, bundles, manifest, started, staging);
        } catch (IOException e) {
            log.debug("the next build will look at everything again: " + e.getMessage());
        }
    }

    /** The npm packages among the dependencies, if there is anything that could import them. */
    private Optional<PackageFolder> packages() throws IOException, InterruptedException {
        ModuleRequest modules = request.modules();
        if (modules.specs().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(PackageFolder.of(
                modules.sources(),
                new PackagePlaces(
                        request.projectDirectory(), request.ownDirectory().resolve("npm"), modules.cacheDirectory()),
                log));
    }

    private WorkerCount parseWorkers() {
        try {
            return WorkerCount.parse(request.workers());
        } catch (IllegalArgumentException e) {
            problems.add("workers", null, null, String.valueOf(e.getMessage()));
            return new WorkerCount(OptionalInt.of(0));
        }
    }

    private boolean parseUpToDate() {
        String typed = request.upToDate().trim();
        if (!typed.equals("stat") && !typed.equals("content")) {
            problems.add("upToDate", null, null, "must be stat or content: upToDate=" + Shown.text(request.upToDate()));
        }
        return typed.equals("content");
    }

    private boolean retire(BuildRecord old, List<BuildRecord.Bundle> bundles, boolean own) throws IOException {
        // After a clean there is nothing, and nothing is loaded for it.
        return !old.bundles().isEmpty() && new Retirement(request, claims, log).retire(old, bundles, own);
    }

    private BundleResult result(
            List<BundlePlan> plans,
            ConcatBundler concat,
            List<MadeBundle> made,
            List<BuildRecord.Bundle> bundles,
            List<Finished> finished,
            long nanos) {
        Set<String> written = new HashSet<>();
        for (MadeBundle bundle : made) {
            written.add(bundle.key());
        }
        Map<String, BundlePlan> joined = new HashMap<>();
        for (BundlePlan plan : plans) {
            joined.put(concat.key(plan), plan);
        }
        Tally tally = new Tally(request);
        Map<String, String> properties = new TreeMap<>();
        for (BuildRecord.Bundle bundle : bundles) {
            properties.putAll(bundle.properties());
            // Where some were written, only those are told of.
            if (written.isEmpty() || written.contains(bundle.output())) {
                BundlePlan plan = joined.get(bundle.output());
                if (plan == null) {
                    tally.add(bundle);
                } else {
                    tally.add(plan, bundle);
                }
            }
        }
        Path place = tally.place();
        String shown = place.startsWith(request.displayDirectory())
                ? Shown.text(FileName.of(request.displayDirectory(), place))
                : FileName.shown(place);
        return new BundleResult(
                made.size(),
                bundles.size() - made.size(),
                tally.files(),
                tally.bytes(),
                concat.workersUsed(),
                nanos,
                place,
                shown,
                BundleResult.Sizes.of(finished),
                properties);
    }
}
