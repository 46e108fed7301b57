package dev.procession.plugin.sort;

import dev.procession.plugin.report.Amount;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.work.TaskRunner;
import dev.procession.plugin.work.WorkerCount;
import dev.procession.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run, on an output that is locked: recovers, plans, places, counts. */
final class SortRun {
    /**
     * What pays a worker's start, and the second naming of each file to another process: the build's JVM has threads that
     * copy as fast.
     */
    private static final int FILES_PER_WORKER = 25_000;

    /** Not measured: two workers cost about as much processor time as copying some gigabytes. */
    private static final long BYTES_PER_WORKER = 2L << 30;

    /** Fewer files than this are placed sooner than threads are made. */
    private static final int FEW = 64;

    /** More threads than this wait for the same disk. */
    private static final int MOST_THREADS = 8;

    private final SortRequest request;
    private final SortPlaces places;
    private final SortSettings settings;
    private final SortRules rules;
    private final FactReader facts;
    private final WorkerCount workers;
    private final @Nullable PlanFile replayed;
    private final Recognition recognition;
    private final long began;
    private final BuildLog log;
    private final OwnPlaces own;
    private final Failures failures = new Failures();

    /**
     * @param replayed the plan to be carried out, null when the source is to be looked at
     * @param startedNanos when the run began, by the clock that files have their times from
     * @param began the same by {@link System#nanoTime}
     */
    SortRun(
            SortRequest request,
            SortPlaces places,
            SortSettings settings,
            SortRules rules,
            FactReader facts,
            WorkerCount workers,
            @Nullable PlanFile replayed,
            long startedNanos,
            long began,
            BuildLog log) {
        this.request = request;
        this.places = places;
        this.settings = settings;
        this.rules = rules;
        this.facts = facts;
        this.workers = workers;
        this.replayed = replayed;
        this.recognition = new Recognition(places, startedNanos);
        this.began = began;
        this.log = log;
        this.own = places.own();
    }

    private SortInput input(Scratch scratch) throws IOException {
        return replayed == null
                ? SortInput.of(new SourceScan(places, rules.filter(), scratch, failures, log))
                : new Replay(places, replayed, scratch, failures);
    }

    private SortPlan plan(SortInput input, Memory memory, OutputNames names, Scratch scratch)
            throws IOException, InterruptedException {
        SortPlan plan = new Planner(
                        places, settings, rules, facts, memory, names, recognition, scratch, failures, log)
                .plan(input, request.options().prune());
        if (settings.mode() == SortMode.MOVE && !request.options().force()) {
            MoveGuard.check(input.repositories());
        }
        return plan;
    }

    /** Writes down what a run would do, and does nothing else. */
    SortResult plan(Scratch scratch, Path file) throws IOException, InterruptedException {
        NameFolding folding = new NameFolding(false, false);
        if (Files.isDirectory(own.directory())) {
            OutputTraits traits = OutputTraits.of(own.directory());
            folding = traits.folding();
            new Recovery(places.output(), own, traits, log).run(new Index(own.index()).lastRun());
        }
        Memory memory = Memory.open(own, scratch);
        OutputNames names = new OutputNames(places, folding);
        try (SortInput input = input(scratch)) {
            SortPlan plan = plan(input, memory, names, scratch);
            new PlanFile(file).write(places, settings, plan);
            return result(plan, input, names, null, 0, 0, "", file);
        }
    }

    /** Does it. */
    SortResult sort(Scratch scratch) throws IOException, InterruptedException {
        OutputTraits traits = OutputTraits.of(own.directory());
        Ways ways = Ways.of(places, settings, traits);
        Recovery recovery = new Recovery(places.output(), own, traits, log);
        recovery.run(new Index(own.index()).lastRun());
        Memory memory = Memory.open(own, scratch);
        OutputNames names = new OutputNames(places, traits.folding());
        try (SortInput input = input(scratch)) {
            SortPlan plan = plan(input, memory, names, scratch);
            if (ways.copies()) {
                checkSpace(plan);
            }
            CopyRun run = null;
            int used = 0;
            OwnPlaces.Run place = own.run(memory.nextRun());
            if (plan.placements().size() + plan.notes().size() > 0) {
                begin(place, plan);
                try (RunLog journal = RunLog.create(place.journal())) {
                    run = new CopyRun(
                            places,
                            place,
                            journal,
                            ways.rules(place),
                            ways.how(),
                            names,
                            recognition,
                            failures,
                            log);
                    run.note(plan.notes());
                    used = place(plan, run);
                    journal.end();
                } catch (Throwable e) {
                    clearUp(recovery, place, e);
                    throw e;
                }
                place.removeDrafts();
            }
            if (memory.damages() > 0) {
                // Written anew, so that nobody is told of the damage again.
                Memory.open(own, scratch).merge();
            }
            new History(own, scratch).keepOnly(settings.keepRuns());

            int missing = names.expected() - names.there(failures);
            if (missing > 0) {
                new MissingFiles(places, names, scratch, failures).tell();
            }
            warnOfPassedBy(input);
            return result(plan, input, names, run, missing, used, run == null ? "" : place.name(), null);
        }
    }

    private void begin(OwnPlaces.Run place, SortPlan plan) throws IOException {
        if (Files.notExists(own.workers())) {
            Files.createFile(own.workers());
        }
        Files.createDirectories(place.drafts());
        if (plan.count(Step.REPLACE) + plan.count(Step.DISPLACE) + plan.count(Step.ASIDE) + plan.count(Step.PRUNE)
                > 0) {
            Files.createDirectories(place.kept());
        }
    }

    private int place(SortPlan plan, CopyRun run) throws IOException, InterruptedException {
        long files = plan.placements().size();
        if (files == 0) {
            return 0;
        }
        int processors = ChildProcess.cpuCount();
        WorkerCount.Choice choice = workers.choose(
                (int) Math.min(files, Integer.MAX_VALUE), automatic(files, plan.bytes(), processors));
        int used = choice.workers();
        log.debug((used == 0 ? "copying in the build's JVM: " : "copying in " + Amount.of(used, "worker") + ": ")
                + choice.reason());
        try (TaskRunner runner = runner(used, files, processors)) {
            run.place(plan, used, runner);
        }
        return used;
    }

    private TaskRunner runner(int workers, long files, int processors) throws InterruptedException {
        if (workers > 0) {
            return TaskRunner.workers("sort-files", workers, request.workerCode(), log);
        }
        return files < FEW || processors == 1
                ? TaskRunner.here()
                : TaskRunner.threads("sort-files", Math.min(processors, MOST_THREADS));
    }

    /** The workers have ended: what they placed is learned now, rather than by the next run. */
    private static void clearUp(Recovery recovery, OwnPlaces.Run place, Throwable failure) {
        boolean interrupted = Thread.interrupted();
        try {
            recovery.run(place.number() - 1);
        } catch (IOException | InterruptedException e) {
            failure.addSuppressed(e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What pays, on a machine with some processors. */
    static WorkerCount.Choice automatic(long files, long bytes, int processors) {
        long paying = Math.max(files / FILES_PER_WORKER, bytes / BYTES_PER_WORKER);
        // One worker beside a build's JVM that waits for it gains nothing.
        if (paying < 2 || processors < 2) {
            return new WorkerCount.Choice(
                    0, "starting workers costs more than copying " + Amount.of(files, "file") + " here");
        }
        return new WorkerCount.Choice(
                (int) Math.min(paying, processors),
                Amount.of(files, "file") + " (" + Amount.bytes(bytes) + ") pay their start");
    }

    private void checkSpace(SortPlan plan) throws IOException {
        long free = Files.getFileStore(places.output()).getUsableSpace();
        if (plan.bytes() > free) {
            throw new SortFailedException("<output>: " + RawName.shown(places.output()) + " has room for "
                    + Amount.bytes(free) + ", and " + Amount.bytes(plan.bytes())
                    + " are to be copied, so nothing was done; make room there, with forget-run too, or name another"
                    + " place");
        }
    }

    private void warnOfPassedBy(SortInput input) {
        if (input.specials() > 0) {
            log.warn(Amount.of(input.specials(), "special file")
                    + " (pipes, sockets, devices) in <source> not sorted; -X names them");
        }
    }

    private SortResult result(
            SortPlan plan,
            SortInput input,
            OutputNames names,
            @Nullable CopyRun run,
            int missing,
            int used,
            String name,
            @Nullable Path planFile) {
        int placed = run == null ? 0 : run.placed();
        Map<How, Integer> done = run == null ? Map.of() : run.done();
        log.debug("count: " + Amount.of(input.files(), "file") + " in; out "
                + Amount.number(plan.unchanged()) + " unchanged and " + Amount.number(placed)
                + " copied, of which "
                + Amount.number(missing) + " not there any more; "
                + Amount.of(input.links(), "link") + " and " + Amount.of(input.specials(), "special file")
                + " passed by; " + Amount.of(failures.count(), "failure"));
        List<String> lines = failures.lines();
        return new SortResult(
                names.expected() - missing,
                plan.unchangedBytes() + (run == null ? 0 : run.placedBytes()),
                names.usedFolders(),
                new SortResult.Placed(
                        done.getOrDefault(How.COPIED, 0),
                        done.getOrDefault(How.CLONED, 0),
                        done.getOrDefault(How.LINKED, 0),
                        done.getOrDefault(How.MOVED, 0)),
                run == null ? 0 : run.renamed(),
                plan.unchanged(),
                plan.skipped(),
                plan.duplicates(),
                run == null ? 0 : run.displaced(),
                run == null ? 0 : run.pruned(),
                lines,
                used,
                System.nanoTime() - began,
                places.output(),
                places.shownOutput(request.displayDirectory()),
                name,
                planFile == null ? "" : RawName.shown(planFile),
                plan.placements().size());
    }
}
