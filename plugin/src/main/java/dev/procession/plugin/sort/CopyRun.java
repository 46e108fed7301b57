package dev.procession.plugin.sort;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.work.TaskRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Has files copied, batch by batch: writes down what is about to be placed, hands the batch over, writes down what was
 * placed, and only then removes the drafts that prove it.
 */
final class CopyRun {
    /** A file whose name was taken gets another one. Who loses so often has an enemy. */
    private static final int ROUNDS = 100;

    /** A disk that needs longer than this for a batch is as good as gone: 10 minutes, and a second for each MB. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private static final long SLOWEST_BYTES_PER_SECOND = 1_000_000;

    private final SortPlaces places;
    private final Journal journal;
    private final Planner planner;
    private final Recognition recognition;
    private final Publishing publishing;
    private final BuildLog log;
    private final String run = Recovery.runName();
    private final Path drafts;
    private final Set<String> targets;
    private final List<String> failures;
    private final Map<String, String> obstacles = new HashMap<>();
    private int nextNumber = 1;
    private int copied;
    private int renamed;
    private long copiedBytes;

    /**
     * @param targets gets the places of the copied files
     * @param failures gets a line for each file that could not be copied
     */
    CopyRun(
            SortPlaces places,
            Journal journal,
            Planner planner,
            Recognition recognition,
            Publishing publishing,
            Set<String> targets,
            List<String> failures,
            BuildLog log) {
        this.places = places;
        this.journal = journal;
        this.planner = planner;
        this.recognition = recognition;
        this.publishing = publishing;
        this.targets = targets;
        this.failures = failures;
        this.log = log;
        this.drafts = places.own().resolve(run);
    }

    int copied() {
        return copied;
    }

    int renamed() {
        return renamed;
    }

    long copiedBytes() {
        return copiedBytes;
    }

    /** A batch that was handed over. */
    private record Pending(
            List<Placement> placements, List<PlaceJob> jobs, TaskRunner.Answer<List<PlaceOutcome>> answer) {}

    /** Copies all, in batches of what is right for a number of workers, 0 for none. */
    void copy(List<Placement> placements, int workers, TaskRunner runner) throws IOException, InterruptedException {
        Files.createDirectory(drafts);
        List<Placement> todo = placements;
        for (int round = 1; !todo.isEmpty(); round++) {
            if (round > ROUNDS) {
                todo.forEach(placement -> failures.add(shown(placement)
                        + " cannot be placed: every name that it got was" + " taken by somebody in that moment"));
                break;
            }
            todo = copyRound(withFolders(todo), workers, runner);
        }
        Recovery.remove(drafts);
    }

    private List<Placement> copyRound(List<Placement> placements, int workers, TaskRunner runner)
            throws IOException, InterruptedException {
        List<Placement> again = new ArrayList<>();
        Deque<Pending> pending = new ArrayDeque<>();
        // Each worker has a batch at hand while it works on another.
        int window = Math.max(1, 2 * workers);
        for (List<Placement> batch : Batches.of(placements, workers)) {
            if (pending.size() == window) {
                finish(pending.remove(), again);
            }
            pending.add(start(batch, runner));
        }
        while (!pending.isEmpty()) {
            finish(pending.remove(), again);
        }
        return again;
    }

    private Pending start(List<Placement> batch, TaskRunner runner) throws IOException, InterruptedException {
        List<Intent> intents = new ArrayList<>(batch.size());
        List<PlaceJob> jobs = new ArrayList<>(batch.size());
        for (Placement placement : batch) {
            int number = nextNumber++;
            intents.add(new Intent(run, number, placement.key(), placement.target()));
            jobs.add(new PlaceJob(placement.file().path(), placement.target(), number, placement.replaces()));
        }
        journal.plan(intents);
        PlaceTask task = new PlaceTask(
                RawName.of(places.source()), RawName.of(places.output()), RawName.of(drafts), publishing, jobs);
        return new Pending(batch, jobs, runner.submit(task));
    }

    private void finish(Pending batch, List<Placement> again) throws IOException, InterruptedException {
        long bytes = batch.placements().stream()
                .mapToLong(placement -> placement.file().stat().size())
                .sum();
        List<PlaceOutcome> outcomes = batch.answer().await(LIMIT.plusSeconds(bytes / SLOWEST_BYTES_PER_SECOND));
        List<JournalEntry> entries = new ArrayList<>(outcomes.size());
        for (int i = 0; i < outcomes.size(); i++) {
            Placement placement = batch.placements().get(i);
            PlaceOutcome outcome = outcomes.get(i);
            if (outcome instanceof PlaceOutcome.Done done) {
                entries.add(new JournalEntry(
                        placement.key(),
                        done.source(),
                        placement.target(),
                        done.placed(),
                        done.sum(),
                        recognition.settled(done.source())));
                tell(placement, done);
            } else if (outcome instanceof PlaceOutcome.Failed failed) {
                failures.add(failed.text());
            } else {
                if (outcome instanceof PlaceOutcome.TargetChanged) {
                    log.warn(
                            RawName.shown(RawName.resolve(places.output(), placement.target()))
                                    + " was changed by somebody in this moment; it is kept, and its source is copied beside it");
                }
                again.add(planner.renumbered(placement));
            }
        }
        journal.record(entries);
        if (publishing == Publishing.LINK) {
            for (PlaceJob job : batch.jobs()) {
                Files.deleteIfExists(drafts.resolve(Integer.toString(job.number())));
            }
        }
    }

    private void tell(Placement placement, PlaceOutcome.Done done) {
        copied++;
        copiedBytes += done.placed().size();
        if (placement.isRenamed()) {
            renamed++;
        }
        if (!targets.add(placement.target())) {
            throw new IllegalStateException("two files were given the name " + RawName.shown(placement.target()));
        }
        if (log.debugs()) {
            log.debug(RawName.shown(placement.file().path()) + " -> " + RawName.shown(placement.target()));
        }
    }

    /** Makes the folders; leaves out the files whose folder cannot be made. */
    private List<Placement> withFolders(List<Placement> placements) {
        List<Placement> placeable = new ArrayList<>(placements.size());
        for (Placement placement : placements) {
            String obstacle = obstacles.computeIfAbsent(placement.folder(), this::makeFolder);
            if (obstacle.isEmpty()) {
                placeable.add(placement);
            } else {
                failures.add(shown(placement) + " cannot be placed: " + obstacle);
            }
        }
        return placeable;
    }

    private String makeFolder(String name) {
        Path folder = planner.folder(name).path();
        try {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(folder);
            }
            return "";
        } catch (IOException e) {
            return "the folder " + RawName.shown(folder) + " cannot be made: " + Reason.of(e);
        }
    }

    private String shown(Placement placement) {
        return RawName.shown(RawName.resolve(places.source(), placement.file().path()));
    }
}
