package dev.procession.plugin.sort;

import dev.procession.plugin.report.Amount;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.sort.archive.ArchiveRun;
import dev.procession.plugin.sort.content.FactProcesses;
import dev.procession.plugin.sort.content.FactReader;
import dev.procession.plugin.sort.copy.Recognition;
import dev.procession.plugin.sort.copy.Recovery;
import dev.procession.plugin.sort.copy.Ways;
import dev.procession.plugin.sort.failure.Failures;
import dev.procession.plugin.sort.failure.SortFailedException;
import dev.procession.plugin.sort.journal.History;
import dev.procession.plugin.sort.journal.How;
import dev.procession.plugin.sort.journal.Index;
import dev.procession.plugin.sort.journal.Memory;
import dev.procession.plugin.sort.journal.MemoryGaps;
import dev.procession.plugin.sort.journal.RunLog;
import dev.procession.plugin.sort.journal.Step;
import dev.procession.plugin.sort.name.NameFolding;
import dev.procession.plugin.sort.name.Names;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.OutputTraits;
import dev.procession.plugin.sort.output.OwnPlaces;
import dev.procession.plugin.sort.output.SortPlaces;
import dev.procession.plugin.sort.plan.OutputNames;
import dev.procession.plugin.sort.plan.PlanFile;
import dev.procession.plugin.sort.plan.PlannedArchives;
import dev.procession.plugin.sort.plan.Planner;
import dev.procession.plugin.sort.plan.Replay;
import dev.procession.plugin.sort.plan.Runners;
import dev.procession.plugin.sort.plan.SortInput;
import dev.procession.plugin.sort.plan.SortPlan;
import dev.procession.plugin.sort.scan.SourceScan;
import dev.procession.plugin.sort.settings.SortMode;
import dev.procession.plugin.sort.settings.SortRules;
import dev.procession.plugin.sort.settings.SortSettings;
import dev.procession.plugin.sort.store.Scratch;
import dev.procession.plugin.work.TaskRunner;
import dev.procession.plugin.work.WorkerCount;
import dev.procession.plugin.work.WorkerUse;
import dev.procession.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run, on an output that is locked: recovers, plans, places, counts. */
final class SortRun {
    private final SortRequest request;
    private final SortPlaces places;
    private final SortSettings settings;
    private final SortRules rules;
    private final WorkerCount workers;
    private final WorkerUse forCopying;
    private final @Nullable PlanFile replayed;
    private final Recognition recognition;
    private final long began;
    private final BuildLog log;
    private final OwnPlaces own;
    private final Failures failures = new Failures();
    private final Tally tally;

    /**
     * @param forCopying what workers do when files are copied
     * @param replayed the plan to be carried out, null when the source is to be looked at
     * @param startedNanos when the run began, by the clock that files have their times from
     * @param began the same by {@link System#nanoTime}
     */
    SortRun(
            SortRequest request,
            SortPlaces places,
            SortSettings settings,
            SortRules rules,
            WorkerCount workers,
            WorkerUse forCopying,
            @Nullable PlanFile replayed,
            long startedNanos,
            long began,
            BuildLog log) {
        this.request = request;
        this.places = places;
        this.settings = settings;
        this.rules = rules;
        this.workers = workers;
        this.forCopying = forCopying;
        this.replayed = replayed;
        this.recognition = new Recognition(places, startedNanos);
        this.began = began;
        this.log = log;
        this.own = places.own();
        this.tally = new Tally(
                new SummaryReport(rules.categories(), rules.facts() == SortRules.Facts.CONTENT),
                rules.unpacks(),
                log,
                request.surroundings().live());
    }

    private SortInput input(Scratch scratch) throws IOException {
        return replayed == null
                ? SortInput.of(new SourceScan(places, rules.filter(), reports(), scratch, log), failures)
                : new Replay(places, replayed, scratch, failures);
    }

    private Runners runners() {
        return new Runners(workers, request.workerCode(), forCopying, log);
    }

    private SortPlan plan(SortInput input, Memory memory, OutputNames names, Scratch scratch, Runners runners)
            throws IOException, InterruptedException {
        if (!rules.extras().isEmpty()) {
            request.surroundings().jars().jars(rules.extras());
        }
        SortPlan plan;
        try (FactReader facts = facts()) {
            plan = new Planner(
                            places,
                            settings,
                            rules,
                            facts,
                            memory,
                            names,
                            recognition,
                            scratch,
                            failures,
                            tally::unchanged,
                            runners,
                            log)
                    .plan(input, request.options().prune());
        }
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
        if (replayed == null) {
            LayoutRecord.open(own.directory()).check(places.keyPrefix(), rules, memory);
        }
        OutputNames names = new OutputNames(places, portable(folding));
        try (SortInput input = input(scratch);
                Runners runners = runners()) {
            SortPlan plan = plan(input, memory, names, scratch, runners);
            List<String> archives =
                    rules.unpacks() ? new PlannedArchives(places).of(plan, tally.archives()) : List.of();
            new PlanFile(file).write(places, settings, plan, archives);
            return result(plan, input, names, null, archives.size(), 0, 0, "", file);
        }
    }

    /** Does it. */
    SortResult sort(Scratch scratch) throws IOException, InterruptedException {
        OutputTraits traits = OutputTraits.of(own.directory());
        Ways ways = Ways.of(places, settings, traits);
        Recovery recovery = new Recovery(places.output(), own, traits, log);
        recovery.run(new Index(own.index()).lastRun());
        Memory memory = Memory.open(own, scratch);
        if (replayed == null) {
            LayoutRecord layouts = LayoutRecord.open(own.directory());
            layouts.check(places.keyPrefix(), rules, memory);
            layouts.keep(places.keyPrefix(), rules);
        }
        OutputNames names = new OutputNames(places, portable(traits.folding()));
        try (SortInput input = input(scratch);
                Runners runners = runners()) {
            SortPlan plan = plan(input, memory, names, scratch, runners);
            if (ways.copies()) {
                checkSpace(plan);
            }
            CopyRun run = null;
            int used = 0;
            OwnPlaces.Run place = own.run(memory.nextRun());
            if (plan.size() + plan.notes().size() > 0) {
                begin(place, plan);
                try (RunLog journal = RunLog.create(place.journal());
                        tally) {
                    run = new CopyRun(
                            places,
                            place,
                            journal,
                            ways.rules(place, recognition.settledNanos()),
                            ways.how(),
                            names,
                            recognition,
                            failures,
                            tally,
                            log);
                    run.note(plan.notes());
                    used = place(plan, run, runners);
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
            new History(own, scratch, log).keepOnly(settings.keepRuns());

            int missing = names.expected() - there(names);
            if (missing > 0) {
                new MissingFiles(places, names, scratch, failures).tell();
            }
            new MemoryGaps(own).close(places.keyPrefix());
            warnOfPassedBy(input);
            ArchiveRun.Result archives = unpack();
            archives.failures().forEach(failures::add);
            SortResult result = result(
                    plan, input, names, run, archives.unpacked(), missing, used, run == null ? "" : place.name(), null);
            Path reports = request.surroundings().reports();
            if (reports != null) {
                tally.summary().write(reports, result, archives);
            }
            return result;
        }
    }

    /** A real path, as those are that the scan goes through. */
    private @Nullable Path reports() throws IOException {
        Path reports = request.surroundings().reports();
        return reports != null && Files.exists(reports) ? reports.toRealPath() : reports;
    }

    /** Names that are to be good on Windows must differ there too, in more than upper and lower case. */
    private NameFolding portable(NameFolding here) {
        return rules.names() == Names.WINDOWS ? new NameFolding(true, here.forms()) : here;
    }

    private FactReader facts() {
        return rules.facts() == SortRules.Facts.NONE
                ? FactReader.NONE
                : new FactProcesses(
                        places.source(),
                        Files.isDirectory(own.directory())
                                ? own.directory()
                                : Path.of(System.getProperty("java.io.tmpdir")),
                        rules.layout(),
                        rules.facts() == SortRules.Facts.CONTENT,
                        rules.ownCategories(),
                        rules.extrasForFacts(),
                        request.surroundings().jars(),
                        request.workerCode(),
                        readers(),
                        FactProcesses.LIMIT,
                        log);
    }

    private ArchiveRun.Result unpack() throws IOException, InterruptedException {
        return rules.unpacks()
                ? new ArchiveRun(
                                places.output(),
                                own.directory(),
                                rules.names(),
                                rules.limits(),
                                request.surroundings().jars(),
                                request.workerCode(),
                                readers(),
                                ArchiveRun.LIMIT,
                                log)
                        .unpack(tally.archives())
                : ArchiveRun.Result.NONE;
    }

    /** What anybody may have made is read in child processes, also when the build's JVM does the rest. */
    private int readers() {
        return Math.max(1, workers.fixed().orElse(Math.min(ChildProcess.cpuCount(), Runners.MOST_THREADS)));
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

    private int place(SortPlan plan, CopyRun run, Runners runners) throws IOException, InterruptedException {
        if (plan.size() == 0) {
            return 0;
        }
        try (runners) {
            runners.expect(Runners.Work.COPYING, plan.size(), plan.bytes());
            TaskRunner runner = runners.runner();
            run.place(plan, runners.workers(), runner);
            return runner.workers();
        }
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

    private int there(OutputNames names) throws IOException, InterruptedException {
        try (TaskRunner threads = Runners.threads(names.expected(), ChildProcess.cpuCount())) {
            return names.there(failures, threads);
        }
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
            int unpacked,
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
                unpacked,
                lines,
                used,
                System.nanoTime() - began,
                places.output(),
                places.shownOutput(request.displayDirectory()),
                name,
                planFile == null ? "" : RawName.shown(planFile),
                plan.size());
    }
}
