package dev.procession.plugin.bundle;

import dev.procession.plugin.report.Amount;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.report.Shown;
import dev.procession.plugin.work.FileStat;
import dev.procession.plugin.work.TaskRunner;
import dev.procession.plugin.work.WorkerCount;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the bundles of one execution. Waits for its workers; leaves no process, thread or open file behind, and nothing
 * half-written, whether it succeeds, fails or is interrupted. Different instances may work at the same time.
 */
public final class ScriptBundler {
    /** A task reads a few megabytes; a disk that needs longer than this for them is as good as gone. */
    private static final Duration TASK_LIMIT = Duration.ofMinutes(10);

    private final BundleRequest request;
    private final BuildLog log;
    private final Problems problems = new Problems();
    private final OutputClaims claims;

    /**
     * @param request what to do
     * @param log where details and warnings go; the result is returned, not logged
     */
    public ScriptBundler(BundleRequest request, BuildLog log) {
        this.request = request;
        this.log = log;
        this.claims = new OutputClaims(request.claims());
    }

    /** A bundle that is written anew. */
    private record Draft(
            BundlePlan plan,
            List<Piece> pieces,
            Staging.Draft script,
            String scriptHash,
            Staging.@Nullable Draft map,
            String mapHash) {}

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
        Instant now = Instant.now();
        long started = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        WorkerCount workers = parseWorkers();
        boolean alwaysHash = parseUpToDate();
        List<BundlePlan> plans = new BundlePlanner(request, claims, problems).plan();
        problems.throwIfAny();

        RecordFile file = new RecordFile(request.ownDirectory()
                .resolve("bundle-js")
                .resolve(FileName.encoded(request.execution()).replace("/", "%2F") + ".txt"));
        try (Staging staging = new Staging(request.ownDirectory().resolve("staging"))) {
            staging.sweep();
            BuildRecord old = file.read();
            List<Optional<BuildRecord.Bundle>> current = new ArrayList<>();
            boolean hashed;
            try (Freshness freshness = new Freshness(alwaysHash, old.startedNanos())) {
                for (BundlePlan plan : plans) {
                    Optional<BuildRecord.Bundle> fresh =
                            old.bundle(name(plan.output())).flatMap(recorded -> fresh(plan, recorded, freshness));
                    if (log.debugs()) {
                        log.debug("bundle " + Shown.text(plan.label()) + ": "
                                + Amount.of(plan.inputs().size(), "file")
                                + (fresh.isPresent() ? ", up to date" : ", to be written"));
                    }
                    current.add(fresh);
                }
                hashed = freshness.hashed();
            }
            List<BundlePlan> stale = new ArrayList<>();
            for (int i = 0; i < plans.size(); i++) {
                if (current.get(i).isEmpty()) {
                    stale.add(plans.get(i));
                }
            }
            int used = 0;
            if (!stale.isEmpty()) {
                Batches batches = new Batches(stale);
                WorkerCount.Choice choice = workers.choose(batches.most(), automatic(batches.bytes()));
                used = choice.workers();
                log.debug(
                        (used == 0 ? "reading in the build's JVM: " : "reading in " + Amount.of(used, "worker") + ": ")
                                + choice.reason());
                List<Draft> drafts = draft(stale, used, staging);
                publish(drafts, staging);
                int next = 0;
                for (int i = 0; i < current.size(); i++) {
                    if (current.get(i).isEmpty()) {
                        current.set(i, Optional.of(record(drafts.get(next++))));
                    }
                }
            }
            List<BuildRecord.Bundle> bundles =
                    current.stream().flatMap(Optional::stream).toList();
            boolean retired = retire(old, bundles);
            if (!stale.isEmpty()
                    || hashed
                    || retired
                    || bundles.size() != old.bundles().size()) {
                file.write(new BuildRecord(started, bundles), staging);
            }
            return result(plans, stale, used, System.nanoTime() - began);
        }
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

    /** The recorded bundle as of now, if it is what a new run would write. */
    private Optional<BuildRecord.Bundle> fresh(BundlePlan plan, BuildRecord.Bundle recorded, Freshness freshness) {
        List<Path> outputs = outputs(plan);
        if (!plan.fingerprint(request.engineVersion()).equals(recorded.fingerprint())
                || recorded.inputs().size() != plan.inputs().size()
                || recorded.outputs().size() != outputs.size()) {
            return Optional.empty();
        }
        try {
            List<FileState> outputStates = new ArrayList<>();
            for (int i = 0; i < outputs.size(); i++) {
                Path output = outputs.get(i);
                FileState state = recorded.outputs().get(i);
                Optional<FileState> same = state.name().equals(name(output))
                        ? freshness.unchanged(state, ScriptSource.ofFile(output), FileStat.of(output))
                        : Optional.empty();
                if (same.isEmpty()) {
                    return Optional.empty();
                }
                outputStates.add(same.get());
            }
            List<FileState> inputStates = new ArrayList<>();
            for (int i = 0; i < plan.inputs().size(); i++) {
                Input input = plan.inputs().get(i);
                FileState state = recorded.inputs().get(i);
                Optional<FileState> same = state.name().equals(input.name())
                        ? freshness.unchanged(state, input.location(), input.stat())
                        : Optional.empty();
                if (same.isEmpty()) {
                    return Optional.empty();
                }
                inputStates.add(same.get());
            }
            return Optional.of(
                    new BuildRecord.Bundle(recorded.output(), recorded.fingerprint(), inputStates, outputStates));
        } catch (IOException e) {
            // An output that is missing, or an input that cannot be read: making the bundle will tell.
            return Optional.empty();
        }
    }

    private static List<Path> outputs(BundlePlan plan) {
        Path map = plan.map();
        return map == null ? List.of(plan.output()) : List.of(plan.output(), map);
    }

    private String name(Path output) {
        return FileName.of(request.buildDirectory(), output);
    }

    private List<Draft> draft(List<BundlePlan> plans, int workers, Staging staging)
            throws IOException, InterruptedException {
        List<Draft> drafts = new ArrayList<>();
        try (TaskRunner readers = workers == 0
                ? request.workerCode().recording().around(TaskRunner.here())
                : TaskRunner.workers("bundle-js", workers, request.workerCode(), log)) {
            for (BundlePlan plan : plans) {
                List<ReadOutcome> outcomes = read(new Batches(List.of(plan)).tasks(workers), readers);
                List<Piece> pieces = new ArrayList<>();
                for (int i = 0; i < outcomes.size(); i++) {
                    if (outcomes.get(i) instanceof Piece piece) {
                        pieces.add(piece);
                    } else if (outcomes.get(i) instanceof ReadFailure failure) {
                        report(plan, plan.inputs().get(i), failure);
                    }
                }
                // After the first problem nothing is written any more, but the other files are still checked.
                if (!problems.any()) {
                    if (log.debugs()) {
                        plan.inputs()
                                .forEach(input ->
                                        log.debug("  " + Shown.text(input.name()) + ", " + Amount.bytes(input.size())));
                    }
                    new StrictMode(plan, pieces).warning().ifPresent(log::warn);
                    drafts.add(draft(plan, pieces, staging));
                }
            }
        }
        problems.throwIfAny();
        return drafts;
    }

    /**
     * Measured on 2 cores, JDK 17, warm: with 3,000 files (13 MB) and with 1,500 files (98 MB), the build's JVM spends as
     * much CPU time with 2 workers as with none. It reads the workers' answers instead of the files, and those are more
     * than twice as long, since the mappings are as long as the text. So for joining, {@code auto} means none, whatever
     * the size; work that is heavier on each byte will change that.
     */
    private static WorkerCount.Choice automatic(long bytes) {
        return new WorkerCount.Choice(
                0,
                "for " + Amount.bytes(bytes)
                        + ", taking the answers of workers would cost as much as reading the files");
    }

    /** What each file gave, in the order of the tasks and of the files in them. */
    private static List<ReadOutcome> read(List<ReadTask> tasks, TaskRunner readers)
            throws IOException, InterruptedException {
        List<TaskRunner.Answer<List<ReadOutcome>>> answers = new ArrayList<>();
        for (ReadTask task : tasks) {
            answers.add(readers.submit(task));
        }
        List<ReadOutcome> outcomes = new ArrayList<>();
        for (TaskRunner.Answer<List<ReadOutcome>> answer : answers) {
            outcomes.addAll(answer.await(TASK_LIMIT));
        }
        return outcomes;
    }

    private void report(BundlePlan plan, Input input, ReadFailure failure) {
        String text = Shown.text(input.name()) + " " + failure.text();
        if (failure.element() == ReadFailure.Blame.ENCODING) {
            problems.add("encoding", plan.charset().name(), plan.label(), text);
        } else {
            problems.add("include", input.include(), plan.label(), text);
        }
    }

    private static Draft draft(BundlePlan plan, List<Piece> pieces, Staging staging) throws IOException {
        BundleWriter writer = new BundleWriter(plan, pieces);
        Staging.Draft script = staging.draft();
        String scriptHash;
        try (OutputStream out = script.out()) {
            MessageDigest digest = Sha256.digest();
            writer.write(new DigestOutputStream(out, digest));
            scriptHash = Sha256.hex(digest.digest());
        }
        if (plan.map() == null) {
            return new Draft(plan, pieces, script, scriptHash, null, "");
        }
        Staging.Draft map = staging.draft();
        try (OutputStream out = map.out()) {
            MessageDigest digest = Sha256.digest();
            SourceMapWriter.write(
                    new DigestOutputStream(out, digest),
                    plan,
                    pieces,
                    writer.mappings().text());
            return new Draft(plan, pieces, script, scriptHash, map, Sha256.hex(digest.digest()));
        }
    }

    private void publish(List<Draft> drafts, Staging staging) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        for (Draft draft : drafts) {
            // The map first: a bundle must never point to a map that is not there yet.
            if (draft.map() != null && draft.plan().map() != null) {
                staging.publish(draft.map(), draft.plan().map());
            }
            staging.publish(draft.script(), draft.plan().output());
            log.debug("wrote " + FileName.shown(draft.plan().output()));
        }
    }

    private BuildRecord.Bundle record(Draft draft) throws IOException {
        BundlePlan plan = draft.plan();
        List<FileState> inputs = new ArrayList<>();
        for (int i = 0; i < plan.inputs().size(); i++) {
            Input input = plan.inputs().get(i);
            inputs.add(new FileState(
                    input.name(), input.stat(), Sha256.hex(draft.pieces().get(i).sha256)));
        }
        List<FileState> outputs = new ArrayList<>();
        outputs.add(new FileState(name(plan.output()), FileStat.of(plan.output()), draft.scriptHash()));
        Path map = plan.map();
        if (map != null) {
            outputs.add(new FileState(name(map), FileStat.of(map), draft.mapHash()));
        }
        return new BuildRecord.Bundle(name(plan.output()), plan.fingerprint(request.engineVersion()), inputs, outputs);
    }

    /** Removes what an earlier run of this execution wrote and this one would not, unless somebody changed it since. */
    private boolean retire(BuildRecord old, List<BuildRecord.Bundle> bundles) throws IOException {
        Set<String> kept = new HashSet<>();
        bundles.forEach(bundle -> bundle.outputs().forEach(state -> kept.add(state.name())));
        boolean any = false;
        try (Freshness freshness = new Freshness(false, old.startedNanos())) {
            for (BuildRecord.Bundle bundle : old.bundles()) {
                for (FileState state : bundle.outputs()) {
                    Path file = FileName.resolve(request.buildDirectory(), state.name());
                    if (kept.contains(state.name())
                            || claims.isClaimed(file)
                            || !file.startsWith(request.buildDirectory())) {
                        continue;
                    }
                    any = true;
                    try {
                        if (freshness
                                .unchanged(state, ScriptSource.ofFile(file), FileStat.of(file))
                                .isPresent()) {
                            Files.deleteIfExists(file);
                            log.debug("removed " + FileName.shown(file) + ", no bundle writes it any more");
                        }
                    } catch (NoSuchFileException | NotDirectoryException e) {
                        log.debug("already gone: " + FileName.shown(file));
                    }
                }
            }
        }
        return any;
    }

    private BundleResult result(List<BundlePlan> plans, List<BundlePlan> stale, int workers, long nanos) {
        List<BundlePlan> told = stale.isEmpty() ? plans : stale;
        int files = told.stream().mapToInt(plan -> plan.inputs().size()).sum();
        long bytes = told.stream().mapToLong(BundlePlan::bytes).sum();
        Path place = told.get(0).output();
        for (BundlePlan plan : told) {
            while (!plan.output().startsWith(place)) {
                Path parent = place.getParent();
                if (parent == null) {
                    break;
                }
                place = parent;
            }
        }
        String shown = place.startsWith(request.displayDirectory())
                ? Shown.text(FileName.of(request.displayDirectory(), place))
                : FileName.shown(place);
        return new BundleResult(stale.size(), plans.size() - stale.size(), files, bytes, workers, nanos, place, shown);
    }
}
