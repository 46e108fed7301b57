package dev.procession.plugin.sort;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.report.Shown;
import dev.procession.plugin.sort.copy.Content;
import dev.procession.plugin.sort.failure.Mistakes;
import dev.procession.plugin.sort.failure.Reason;
import dev.procession.plugin.sort.failure.SortFailedException;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.OutputLock;
import dev.procession.plugin.sort.output.SortPlaces;
import dev.procession.plugin.sort.plan.PlanFile;
import dev.procession.plugin.sort.settings.SortMode;
import dev.procession.plugin.sort.settings.SortOptions;
import dev.procession.plugin.sort.settings.SortRules;
import dev.procession.plugin.sort.settings.SortSettings;
import dev.procession.plugin.sort.store.Scratch;
import dev.procession.plugin.work.WorkerCount;
import dev.procession.plugin.work.WorkerUse;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Sorts the files of a tree into folders. Waits for its workers; leaves no process, thread or open file behind, and
 * nothing half-written under a final name, whether it succeeds, fails or is interrupted; what a kill leaves the next run
 * clears up.
 */
public final class FileSorter {
    private final SortRequest request;
    private final BuildLog log;
    private final WorkerUse forCopying;

    /**
     * A sorter that has not begun.
     *
     * @param request what to do
     * @param log where details and warnings go; the result is returned, not logged
     */
    public FileSorter(SortRequest request, BuildLog log) {
        // Copying is a matter of the system, and workers have to be started: threads alone are sooner done, mostly.
        this(request, WorkerUse.WHEN_IT_LASTS, log);
    }

    /** @param forCopying what workers do when files are copied */
    FileSorter(SortRequest request, WorkerUse forCopying, BuildLog log) {
        this.request = request;
        this.forCopying = forCopying;
        this.log = log;
    }

    /**
     * Does it.
     *
     * @return what was done
     * @throws SortFailedException when the user has to mend something, such as a full disk, or when entries could not be
     *     sorted and the request says that this is a failure; all others are sorted then
     * @throws IOException when the machine fails
     * @throws InterruptedException when the thread is interrupted; another run goes on from there
     */
    public SortResult run() throws IOException, InterruptedException {
        long began = System.nanoTime();
        // Before any file is looked at: what changes from here on has a later time.
        Instant now = Instant.now();
        long startedNanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        PlanFile replayed = replayed();
        SortRequest asked = replayed == null ? request : request.replaying(replayed);
        Mistakes mistakes = new Mistakes();
        WorkerCount workers = mistakes.or(WorkerCount.parse("auto"), this::parseWorkers);
        SortSettings settings = mistakes.or(SortSettings.DEFAULT, () -> SortSettings.of(asked.options()));
        SortRules rules = mistakes.or(
                SortRules.DEFAULT,
                () -> SortRules.of(
                        asked.layout(),
                        asked.baseDirectory(),
                        SortPlaces.sourceName(asked.source(), asked.baseDirectory()),
                        now));
        // Nothing is made as long as there is something to be mended.
        mistakes.or(Boolean.FALSE, () -> places(asked, false).output().isAbsolute());
        mistakes.check();
        boolean dry = asked.options().dryRun();
        SortPlaces places = places(asked, !dry);
        if (settings.mode() == SortMode.MOVE && !asked.options().force()) {
            MoveGuard.check(places.source());
        }
        SortResult result;
        try {
            SortRun run = new SortRun(
                    asked, places, settings, rules, workers, forCopying, replayed, startedNanos, began, log);
            result = dry ? planned(asked, run, places) : sorted(run, places);
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException();
        } catch (IOException e) {
            // Not as a path: where the locale lacks its letters the name does not come back from its text.
            String at = e instanceof FileSystemException system && system.getFile() != null
                    ? Shown.text(system.getFile())
                    : RawName.shown(places.own().directory());
            throw new SortFailedException(
                    "<output>: " + at + ": " + Reason.of(e)
                            + "; mend this, and run again: what is sorted already is not copied again",
                    e);
        } finally {
            Content.releaseThread();
        }
        if (!result.failures().isEmpty()) {
            if (request.failOnError()) {
                throw new SortFailedException(message(result), result.failures());
            }
            result.failures().forEach(log::warn);
        }
        return result;
    }

    private static String message(SortResult result) {
        StringBuilder text = new StringBuilder(result.summary());
        for (String failure : result.failures()) {
            text.append(System.lineSeparator()).append("  - ").append(failure);
        }
        return text.append(System.lineSeparator())
                .append("mend these and run again: what is sorted already is not copied again;"
                        + " <failOnError>false</failOnError> lets the build go on")
                .toString();
    }

    private SortResult sorted(SortRun run, SortPlaces places) throws IOException, InterruptedException {
        Files.createDirectories(places.own().directory());
        try (OutputLock lock = OutputLock.acquire(places, log);
                Scratch scratch = new Scratch(places.own().scratch())) {
            lock.check();
            return run.sort(scratch);
        }
    }

    /** Where nothing was ever sorted into, nothing is made, and nobody needs to be kept out. */
    private SortResult planned(SortRequest asked, SortRun run, SortPlaces places)
            throws IOException, InterruptedException {
        String typed = asked.options().plan();
        Path file = RawName.resolve(
                request.baseDirectory(), RawName.ofUnicode(typed == null ? SortOptions.USUAL_PLAN : typed));
        if (Files.isDirectory(places.own().directory())) {
            try (OutputLock lock = OutputLock.acquire(places, log);
                    Scratch scratch = new Scratch(places.own().scratch())) {
                lock.check();
                return run.plan(scratch, file);
            }
        }
        Path temporary = Files.createTempDirectory("procession-plan");
        try (Scratch scratch = new Scratch(temporary.resolve("scratch"))) {
            return run.plan(scratch, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static SortPlaces places(SortRequest asked, boolean make) throws IOException {
        return SortPlaces.of(asked.source(), asked.output(), asked.baseDirectory(), make);
    }

    private @Nullable PlanFile replayed() {
        String typed = request.options().replay();
        return typed == null || typed.isBlank()
                ? null
                : new PlanFile(RawName.resolve(request.baseDirectory(), RawName.ofUnicode(typed)));
    }

    private WorkerCount parseWorkers() {
        try {
            return WorkerCount.parse(request.workers());
        } catch (IllegalArgumentException e) {
            throw new SortFailedException("<workers> " + e.getMessage());
        }
    }
}
