package dev.procession.plugin.sort;

import dev.procession.plugin.report.Amount;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.work.TaskRunner;
import dev.procession.plugin.work.WorkerCount;
import dev.procession.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sorts the files of a tree into folders. Waits for its workers; leaves no process, thread or open file behind, and
 * nothing half-written under a final name, whether it succeeds, fails or is interrupted; what a kill leaves the next run
 * clears up.
 */
public final class FileSorter {
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
    private final BuildLog log;
    private final Failures failures = new Failures();

    /**
     * @param request what to do
     * @param log where details and warnings go; the result is returned, not logged
     */
    public FileSorter(SortRequest request, BuildLog log) {
        this.request = request;
        this.log = log;
    }

    /**
     * Does it.
     *
     * @return what was done
     * @throws SortFailedException when the user has to mend something, or when entries could not be sorted and the
     *     request says that this is a failure; all others are sorted then
     * @throws IOException when the machine fails
     * @throws InterruptedException when the thread is interrupted; another run goes on from there
     */
    public SortResult run() throws IOException, InterruptedException {
        long began = System.nanoTime();
        // Before any file is looked at: what changes from here on has a later time.
        Instant now = Instant.now();
        long startedNanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        WorkerCount workers = parseWorkers();
        SortSettings settings = SortSettings.of(request.options());
        SortRules rules = SortRules.of(request.layout(), request.baseDirectory(), SortPlaces.sourceName(request), now);
        SortPlaces places = SortPlaces.of(request);
        if (settings.mode() == SortMode.MOVE && !request.options().force()) {
            MoveGuard.check(places.source());
        }
        Files.createDirectories(places.own().directory());
        SortResult result;
        try (OutputLock lock = OutputLock.acquire(places);
                Scratch scratch = new Scratch(places.own().scratch())) {
            lock.check();
            result = sort(places, settings, rules, scratch, workers, startedNanos, began);
        } finally {
            Content.releaseThread();
        }
        if (!result.failures().isEmpty()) {
            if (request.failOnError()) {
                throw new SortFailedException(result);
            }
            result.failures().forEach(log::warn);
        }
        return result;
    }

    private WorkerCount parseWorkers() {
        try {
            return WorkerCount.parse(request.workers());
        } catch (IllegalArgumentException e) {
            throw new SortFailedException("<workers> " + e.getMessage());
        }
    }

    private SortResult sort(
            SortPlaces places,
            SortSettings settings,
            SortRules rules,
            Scratch scratch,
            WorkerCount workers,
            long startedNanos,
            long began)
            throws IOException, InterruptedException {
        OwnPlaces own = places.own();
        OutputTraits traits = OutputTraits.of(own.directory());
        Ways ways = Ways.of(places, settings, traits);
        Recovery recovery = new Recovery(places, traits, log);
        recovery.run(new Index(own.index()).lastRun());
        Memory memory = Memory.open(own, scratch);
        LayoutRecord.open(own.directory()).settle(places.keyPrefix(), rules, memory);
        OutputNames names = new OutputNames(places, traits.folding());
        Recognition recognition = new Recognition(places, startedNanos);

        Surroundings around = request.surroundings();
        if (!rules.extras().isEmpty()) {
            around.jars().jars(rules.extras());
        }
        Tally tally = new Tally(new SummaryReport(rules.categories()), rules.unpacks(), log, around.live());
        SortPlan plan;
        SourceScan scan = new SourceScan(places, rules.filter(), scratch, failures, log);
        try (scan;
                FactReader facts = facts(places, rules, workers)) {
            plan = new Planner(
                            places, settings, rules, facts, memory, names, recognition, scratch, failures, tally, log)
                    .plan(wishes(scan), request.options().prune());
        }
        if (settings.mode() == SortMode.MOVE && !request.options().force()) {
            MoveGuard.check(scan.repositories());
        }
        if (ways.copies()) {
            checkSpace(places, plan);
        }

        CopyRun run = null;
        int used = 0;
        OwnPlaces.Run place = own.run(memory.nextRun());
        if (plan.placements().size() + plan.notes().size() > 0) {
            begin(own, place, plan);
            try (RunLog journal = RunLog.create(place.journal());
                    tally) {
                run = new CopyRun(
                        places,
                        place,
                        journal,
                        ways.rules(place),
                        ways.how(),
                        names,
                        recognition,
                        failures,
                        tally,
                        log);
                run.note(plan.notes());
                used = place(plan, run, workers);
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
        warnOfPassedBy(scan);
        ArchiveRun.Result archives = unpack(places, rules, workers, tally);
        archives.failures().forEach(failures::add);
        SortResult result = result(places, plan, scan, names, run, archives, missing, used, place, began);
        if (around.reports() != null) {
            tally.summary().write(around.reports(), result, archives);
        }
        return result;
    }

    private FactReader facts(SortPlaces places, SortRules rules, WorkerCount workers) {
        return rules.facts() == SortRules.Facts.NONE
                ? FactReader.NONE
                : new FactProcesses(
                        places.source(),
                        rules.layout(),
                        rules.facts() == SortRules.Facts.CONTENT,
                        rules.ownCategories(),
                        rules.extrasForFacts(),
                        request.surroundings().jars(),
                        request.workerCode(),
                        untrusted(workers),
                        FactProcesses.LIMIT,
                        log);
    }

    private ArchiveRun.Result unpack(SortPlaces places, SortRules rules, WorkerCount workers, Tally tally)
            throws IOException, InterruptedException {
        return rules.unpacks()
                ? new ArchiveRun(
                                places.output(),
                                places.own().directory(),
                                rules.names(),
                                rules.limits(),
                                request.surroundings().jars(),
                                request.workerCode(),
                                untrusted(workers),
                                ArchiveRun.LIMIT,
                                log)
                        .unpack(tally.archives())
                : ArchiveRun.Result.NONE;
    }

    /** What anybody may have made is read in child processes, also when the build's JVM does the rest. */
    private static int untrusted(WorkerCount workers) {
        return Math.max(1, workers.fixed().orElse(Math.min(ChildProcess.cpuCount(), MOST_THREADS)));
    }

    private static Cursor<Planner.Wish> wishes(SourceScan scan) {
        return new Cursor<>() {
            @Override
            public Planner.@Nullable Wish next() throws IOException {
                SourceFile file = scan.next();
                return file == null ? null : new Planner.Wish(file, null);
            }

            @Override
            public void close() {}
        };
    }

    private void begin(OwnPlaces own, OwnPlaces.Run place, SortPlan plan) throws IOException {
        if (Files.notExists(own.workers())) {
            Files.createFile(own.workers());
        }
        Files.createDirectories(place.drafts());
        if (plan.count(Step.REPLACE) + plan.count(Step.DISPLACE) + plan.count(Step.ASIDE) + plan.count(Step.PRUNE)
                > 0) {
            Files.createDirectories(place.kept());
        }
    }

    private int place(SortPlan plan, CopyRun run, WorkerCount workers) throws IOException, InterruptedException {
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

    private static void checkSpace(SortPlaces places, SortPlan plan) throws IOException {
        long free = Files.getFileStore(places.output()).getUsableSpace();
        if (plan.bytes() > free) {
            throw new SortFailedException("<output>: " + RawName.shown(places.output()) + " has room for "
                    + Amount.bytes(free) + ", and " + Amount.bytes(plan.bytes())
                    + " are to be copied, so nothing was done; make room there, with forget-run too, or name another"
                    + " place");
        }
    }

    private void warnOfPassedBy(SourceScan scan) {
        if (scan.specials() > 0) {
            log.warn(Amount.of(scan.specials(), "special file")
                    + " (pipes, sockets, devices) in <source> not sorted; -X names them");
        }
    }

    private SortResult result(
            SortPlaces places,
            SortPlan plan,
            SourceScan scan,
            OutputNames names,
            @Nullable CopyRun run,
            ArchiveRun.Result archives,
            int missing,
            int used,
            OwnPlaces.Run place,
            long began) {
        int placed = run == null ? 0 : run.placed();
        Map<How, Integer> done = run == null ? Map.of() : run.done();
        log.debug("count: " + Amount.of(scan.files(), "file") + " in; out "
                + Amount.number(plan.unchanged()) + " unchanged and " + Amount.number(placed)
                + " copied, of which "
                + Amount.number(missing) + " not there any more; "
                + Amount.of(scan.links(), "link") + " and " + Amount.of(scan.specials(), "special file")
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
                archives.unpacked(),
                lines,
                used,
                System.nanoTime() - began,
                places.output(),
                places.shownOutput(request.displayDirectory()),
                run == null ? "" : place.name());
    }
}
