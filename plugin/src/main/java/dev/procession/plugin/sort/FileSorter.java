package dev.procession.plugin.sort;

import dev.procession.plugin.report.Amount;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.work.TaskRunner;
import dev.procession.plugin.work.WorkerCount;
import dev.procession.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Copies the files of a tree into one folder per extension. Waits for its workers; leaves no process, thread or open
 * file behind, and nothing half-written under a final name, whether it succeeds, fails, is interrupted or killed.
 */
public final class FileSorter {
    /**
     * What pays a worker's start, and the second naming of each file to another process. Measured on a busy machine with 2
     * cores, JDK 17, files of 5 kB on tmpfs, medians of three: 20,000 files take 6.2 s here and 7.7 s with 2 workers,
     * 60,000 files 15.6 s here and 13.9 s with 2 workers.
     */
    private static final int FILES_PER_WORKER = 25_000;

    /** Not measured: two workers cost about as much processor time as copying some gigabytes. */
    private static final long BYTES_PER_WORKER = 2L << 30;

    private final SortRequest request;
    private final BuildLog log;

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
        SortPlaces places = SortPlaces.of(request);
        Files.createDirectories(places.own());
        SortResult result;
        try (OutputLock lock = OutputLock.acquire(places);
                Journal journal = Journal.open(lock)) {
            result = sort(places, journal, workers, startedNanos, began);
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

    private SortResult sort(SortPlaces places, Journal journal, WorkerCount workers, long startedNanos, long began)
            throws IOException, InterruptedException {
        Publishing publishing = Publishing.of(places.own());
        NameFolding folding = NameFolding.of(places.own());
        Recovery recovery = new Recovery(places, journal, publishing, log);
        recovery.run();
        if (journal.damagedLines() > 0) {
            log.warn("the journal in " + RawName.shown(places.own()) + " is damaged, "
                    + Amount.of(journal.damagedLines(), "line")
                    + "; files there that cannot be told from copies of their sources are taken for those");
        }

        SourceScan scan = SourceScan.of(places, log);
        Recognition recognition = new Recognition(places, startedNanos);
        Planner planner = new Planner(places, journal, folding, recognition, log);
        Planner.SortPlan plan = planner.plan(scan.files());
        journal.record(plan.refreshed());

        Set<String> targets = new HashSet<>(plan.targets());
        List<String> failures = new ArrayList<>(scan.failures());
        failures.addAll(plan.failures());
        CopyRun run = new CopyRun(places, journal, planner, recognition, publishing, targets, failures, log);
        int used = 0;
        if (!plan.placements().isEmpty()) {
            WorkerCount.Choice choice =
                    workers.choose(plan.placements().size(), automatic(plan.placements(), ChildProcess.cpuCount()));
            used = choice.workers();
            log.debug((used == 0 ? "copying in the build's JVM: " : "copying in " + Amount.of(used, "worker") + ": ")
                    + choice.reason());
            try (TaskRunner runner = used == 0
                    ? request.workerCode().recording().around(TaskRunner.here())
                    : TaskRunner.workers("sort-files", used, request.workerCode(), log)) {
                run.copy(plan.placements(), used, runner);
            } catch (Throwable e) {
                clearUp(recovery, e);
                throw e;
            }
        }
        journal.compact();

        int missing = countMissing(planner, targets, failures);
        warnOfPassedBy(scan);
        log.debug("count: " + Amount.of(scan.files().size(), "file") + " in; out "
                + Amount.number(plan.unchanged()) + " unchanged and " + Amount.number(run.copied())
                + " copied, of which "
                + Amount.number(missing) + " not there any more; "
                + Amount.of(scan.links(), "link") + " and " + Amount.of(scan.specials(), "special file")
                + " passed by; " + Amount.of(failures.size(), "failure"));
        return new SortResult(
                targets.size() - missing,
                plan.unchangedBytes() + run.copiedBytes(),
                (int) targets.stream().map(FileSorter::folderOf).distinct().count(),
                run.copied(),
                run.renamed(),
                plan.unchanged(),
                failures,
                used,
                System.nanoTime() - began,
                places.output(),
                places.output().startsWith(request.displayDirectory())
                                && !places.output().equals(request.displayDirectory())
                        ? RawName.shown(request.displayDirectory().relativize(places.output()))
                        : RawName.shown(places.output()));
    }

    /** The workers have ended: what they placed is learned now, rather than by the next run. */
    private void clearUp(Recovery recovery, Throwable failure) {
        try {
            recovery.run();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** What pays, on a machine with some processors. */
    static WorkerCount.Choice automatic(List<Placement> placements, int processors) {
        long bytes = placements.stream()
                .mapToLong(placement -> placement.file().stat().size())
                .sum();
        long paying = Math.max(placements.size() / FILES_PER_WORKER, bytes / BYTES_PER_WORKER);
        // One worker beside a build's JVM that waits for it gains nothing.
        if (paying < 2 || processors < 2) {
            return new WorkerCount.Choice(
                    0, "starting workers costs more than copying " + Amount.of(placements.size(), "file") + " here");
        }
        return new WorkerCount.Choice(
                (int) Math.min(paying, processors),
                Amount.of(placements.size(), "file") + " (" + Amount.bytes(bytes) + ") pay their start");
    }

    private void warnOfPassedBy(SourceScan scan) {
        if (scan.specials() > 0) {
            log.warn(Amount.of(scan.specials(), "special file")
                    + " (pipes, sockets, devices) in <source> not sorted; -X names them");
        }
    }

    /** Every file that went in must be there: looks into the folders, and tells of each that is not. */
    private static int countMissing(Planner planner, Set<String> targets, List<String> failures) {
        Map<String, Set<String>> byFolder = new HashMap<>();
        int missing = 0;
        for (String target : targets) {
            OutputFolder folder = planner.folder(folderOf(target));
            Set<String> there = byFolder.computeIfAbsent(folderOf(target), name -> {
                Set<String> keys = new HashSet<>();
                try {
                    folder.list(keys);
                } catch (IOException e) {
                    failures.add(RawName.shown(folder.path()) + " cannot be read: " + Reason.of(e));
                }
                return keys;
            });
            if (!there.contains(folder.key(target.substring(target.indexOf('/') + 1)))) {
                missing++;
                failures.add(RawName.shown(target)
                        + " is not there any more: somebody removed it while this run went on;" + " run again");
            }
        }
        return missing;
    }

    private static String folderOf(String target) {
        return target.substring(0, target.indexOf('/'));
    }
}
