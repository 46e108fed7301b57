package dev.procession.plugin.bundle.join;

import dev.procession.plugin.bundle.input.Input;
import dev.procession.plugin.bundle.map.InputMap;
import dev.procession.plugin.bundle.publish.Staging;
import dev.procession.plugin.bundle.read.ReadOutcome;
import dev.procession.plugin.bundle.read.ReadTask;
import dev.procession.plugin.bundle.record.BuildRecord;
import dev.procession.plugin.bundle.record.FileState;
import dev.procession.plugin.bundle.record.Freshness;
import dev.procession.plugin.bundle.record.MadeBundle;
import dev.procession.plugin.bundle.record.OutputOwners;
import dev.procession.plugin.bundle.record.Sha256;
import dev.procession.plugin.bundle.request.BundleRequest;
import dev.procession.plugin.bundle.request.Problems;
import dev.procession.plugin.output.Chunk;
import dev.procession.plugin.output.Composition;
import dev.procession.plugin.output.StagedFile;
import dev.procession.plugin.report.Amount;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.report.Shown;
import dev.procession.plugin.work.FileName;
import dev.procession.plugin.work.TaskRunner;
import dev.procession.plugin.work.WorkerCount;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes bundles of joined files: has them read, joins them, and stages the result. Publishes nothing itself. */
public final class ConcatBundler {
    /** A task reads a few megabytes; a disk that needs longer than this for them is as good as gone. */
    private static final Duration TASK_LIMIT = Duration.ofMinutes(10);

    private final BundleRequest request;
    private final OutputOwners owners;
    private final Problems problems;
    private final BuildLog log;
    private final String engine;
    private final String surroundings;
    private final List<BuildRecord.Bundle> current = new ArrayList<>();
    private final List<BundlePlan> stale = new ArrayList<>();
    private final List<MadeBundle> made = new ArrayList<>();
    private int workersUsed;

    /**
     * @param surroundings where what surrounds bundles goes, for fingerprints
     */
    public ConcatBundler(
            BundleRequest request,
            List<BundlePlan> plans,
            OutputOwners owners,
            String surroundings,
            Problems problems,
            BuildLog log)
            throws IOException {
        this.request = request;
        this.owners = owners;
        this.surroundings = surroundings;
        this.problems = problems;
        this.log = log;
        boolean minified = false;
        for (BundlePlan plan : plans) {
            minified |= plan.isMinified();
        }
        this.engine = minified ? request.modules().engine().identity() : "";
    }

    /** Finds out which of the plans have to be made. */
    public void look(List<BundlePlan> plans, BuildRecord old, Freshness freshness) {
        for (BundlePlan plan : plans) {
            Optional<BuildRecord.Bundle> fresh =
                    old.bundle(key(plan)).flatMap(recorded -> fresh(plan, recorded, freshness));
            if (log.debugs()) {
                log.debug("bundle " + Shown.text(plan.label()) + ": "
                        + Amount.of(plan.inputs().size(), "file")
                        + (fresh.isPresent() ? ", up to date" : ", to be written"));
            }
            if (fresh.isPresent()) {
                current.add(fresh.get());
                owners.current(fresh.get(), plan.label(), plan.owner());
            } else {
                stale.add(plan);
            }
        }
    }

    List<BundlePlan> stale() {
        return stale;
    }

    public List<BuildRecord.Bundle> current() {
        return current;
    }

    public List<MadeBundle> made() {
        return made;
    }

    /** How many child processes read. */
    public int workersUsed() {
        return workersUsed;
    }

    /** What the record calls a bundle. */
    public String key(BundlePlan plan) {
        return FileName.of(request.buildDirectory(), plan.output());
    }

    private String fingerprint(BundlePlan plan) {
        return plan.fingerprint(request.engineVersion(), engine, surroundings);
    }

    /** The recorded bundle as of now, if it is what a new run would write. */
    private Optional<BuildRecord.Bundle> fresh(BundlePlan plan, BuildRecord.Bundle recorded, Freshness freshness) {
        if (!fingerprint(plan).equals(recorded.fingerprint())
                || recorded.inputs().size() != plan.inputs().size()) {
            return Optional.empty();
        }
        try {
            Optional<List<FileState>> found = freshness.unchanged(recorded.found(), request.projectDirectory());
            if (found.isEmpty()) {
                return Optional.empty();
            }
            List<FileState> inputs = new ArrayList<>();
            for (int i = 0; i < plan.inputs().size(); i++) {
                Input input = plan.inputs().get(i);
                FileState state = recorded.inputs().get(i);
                Optional<FileState> same = state.name().equals(input.name())
                        ? freshness.unchanged(state, input.location(), input.stat())
                        : Optional.empty();
                if (same.isEmpty()) {
                    return Optional.empty();
                }
                inputs.add(same.get());
            }
            Optional<List<FileState>> outputs = freshness.untouched(recorded, request.buildDirectory());
            if (outputs.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new BuildRecord.Bundle(
                    recorded.output(),
                    recorded.fingerprint(),
                    freshness.nowNanos(),
                    recorded.taken(),
                    inputs,
                    List.of(),
                    found.get(),
                    outputs.get(),
                    recorded.properties()));
        } catch (IOException e) {
            // An output that is missing, or an input that cannot be read: making the bundle will tell.
            return Optional.empty();
        }
    }

    /** Makes those that have to be made; problems of all of them are told. */
    public void make(WorkerCount workers, Staging staging) throws IOException, InterruptedException {
        if (stale.isEmpty()) {
            return;
        }
        Batches batches = new Batches(stale);
        WorkerCount.Choice choice = workers.choose(batches.most(), automatic(batches.bytes()));
        workersUsed = choice.workers();
        log.debug((workersUsed == 0
                        ? "reading in the build's JVM: "
                        : "reading in " + Amount.of(workersUsed, "worker") + ": ")
                + choice.reason());
        try (TaskRunner readers = workersUsed == 0
                        ? request.workerCode().recording().around(TaskRunner.here())
                        : TaskRunner.workers("bundle-js", workersUsed, request.workerCode(), log);
                InputMaps maps = new InputMaps(request.projectDirectory(), log);
                Minifier minifier = new Minifier(request.modules().engine(), log)) {
            for (BundlePlan plan : stale) {
                make(plan, read(new Batches(List.of(plan)).tasks(workersUsed), readers), maps, minifier, staging);
            }
        }
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

    private void make(BundlePlan plan, List<ReadOutcome> outcomes, InputMaps maps, Minifier minifier, Staging staging)
            throws IOException, InterruptedException {
        ReadCheck check = new ReadCheck(plan, problems, log);
        for (int i = 0; i < outcomes.size(); i++) {
            check.take(plan.inputs().get(i), outcomes.get(i), i == outcomes.size() - 1);
        }
        // After the first problem nothing is written any more, but the other files are still checked.
        if (problems.any()) {
            return;
        }
        if (log.debugs()) {
            plan.inputs()
                    .forEach(input -> log.debug("  " + Shown.text(input.name()) + ", " + Amount.bytes(input.size())));
        }
        List<Optional<InputMap>> inputMaps = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            inputMaps.add(
                    plan.mapped()
                            ? maps.find(plan.inputs().get(i), ReadCheck.mapAddress(outcomes.get(i)))
                            : Optional.empty());
        }
        JoinedText text = new JoinedText(plan, outcomes, inputMaps);
        text.warn(log);
        TargetWriter writer = new TargetWriter(plan, text, minifier, staging, problems);
        List<Chunk> chunks = writer.write();
        if (problems.any()) {
            return;
        }
        List<StagedFile> files = new ArrayList<>();
        for (Chunk chunk : chunks) {
            // Maps first: a bundle must never point to a map that is not there yet.
            files.add(chunk.role() == Chunk.Role.MAP ? 0 : files.size(), chunk.file());
            owners.own(chunk.file().target(), plan.label(), plan.owner());
        }
        made.add(new MadeBundle(
                key(plan),
                fingerprint(plan),
                plan.owner(),
                Map.of(),
                states(plan, outcomes),
                List.of(),
                maps.takeFound(),
                new Composition(
                        plan.label(),
                        plan.id(),
                        chunks,
                        new ConcatLicenses(plan, outcomes).thirdParties(),
                        writer.plainOfTwo()),
                files,
                plan.settings()));
    }

    private static List<FileState> states(BundlePlan plan, List<ReadOutcome> outcomes) {
        List<FileState> states = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            Input input = plan.inputs().get(i);
            states.add(new FileState(input.name(), input.stat(), Sha256.hex(ReadCheck.sha256(outcomes.get(i)))));
        }
        return states;
    }
}
