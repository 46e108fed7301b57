package dev.procession.plugin.sort;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.sort.copy.PlaceJob;
import dev.procession.plugin.sort.copy.PlaceOutcome;
import dev.procession.plugin.sort.copy.PlaceRules;
import dev.procession.plugin.sort.copy.PlaceTask;
import dev.procession.plugin.sort.copy.Recognition;
import dev.procession.plugin.sort.copy.Recovery;
import dev.procession.plugin.sort.failure.Failures;
import dev.procession.plugin.sort.failure.Reason;
import dev.procession.plugin.sort.journal.How;
import dev.procession.plugin.sort.journal.Intent;
import dev.procession.plugin.sort.journal.JournalEntry;
import dev.procession.plugin.sort.journal.Result;
import dev.procession.plugin.sort.journal.RunLog;
import dev.procession.plugin.sort.journal.Step;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.OwnPlaces;
import dev.procession.plugin.sort.output.SortPlaces;
import dev.procession.plugin.sort.plan.Batches;
import dev.procession.plugin.sort.plan.OutputNames;
import dev.procession.plugin.sort.plan.Placement;
import dev.procession.plugin.sort.plan.SortPlan;
import dev.procession.plugin.sort.store.Cursor;
import dev.procession.plugin.sort.store.SpillList;
import dev.procession.plugin.work.TaskRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Has files placed, batch by batch: writes down what is about to be placed, hands the batch over, and writes down what was
 * placed.
 */
final class CopyRun {
    /** A file whose name was taken gets another one. Who loses so often has an enemy. */
    private static final int ROUNDS = 100;

    /** A disk that needs longer than this for a batch is as good as gone: 10 minutes, and a second for each MB. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private static final long SLOWEST_BYTES_PER_SECOND = 1_000_000;

    private static final int NOTES_AT_A_TIME = 256;

    private final SortPlaces places;
    private final OwnPlaces.Run run;
    private final RunLog journal;
    private final PlaceRules rules;
    private final How how;
    private final OutputNames names;
    private final Recognition recognition;
    private final Failures failures;
    private final Tally tally;
    private final BuildLog log;
    private final Map<String, String> obstacles = new HashMap<>();
    private final Map<How, Integer> done = new EnumMap<>(How.class);
    private int nextNumber = 1;
    private int placed;
    private int renamed;
    private int displaced;
    private int pruned;
    private long placedBytes;

    CopyRun(
            SortPlaces places,
            OwnPlaces.Run run,
            RunLog journal,
            PlaceRules rules,
            How how,
            OutputNames names,
            Recognition recognition,
            Failures failures,
            Tally tally,
            BuildLog log) {
        this.places = places;
        this.run = run;
        this.journal = journal;
        this.rules = rules;
        this.how = how;
        this.names = names;
        this.recognition = recognition;
        this.failures = failures;
        this.tally = tally;
        this.log = log;
    }

    /** How many files this run has placed. */
    int placed() {
        return placed;
    }

    /** How many of them got a number. */
    int renamed() {
        return renamed;
    }

    /** How many files of others had to give way. */
    int displaced() {
        return displaced;
    }

    int pruned() {
        return pruned;
    }

    long placedBytes() {
        return placedBytes;
    }

    /** How the placed files came to their places. */
    Map<How, Integer> done() {
        return done;
    }

    /** Writes down what is known better now, and gives copies their new times. */
    void note(SpillList<Result> notes) throws IOException {
        List<Result> lot = new ArrayList<>();
        try (Cursor<Result> values = notes.values()) {
            for (Result note = values.next(); note != null; note = values.next()) {
                if (note.step() != Step.RETIME || retime(note)) {
                    lot.add(note);
                }
                if (lot.size() == NOTES_AT_A_TIME) {
                    journal.results(lot);
                    lot.clear();
                }
            }
        }
        journal.results(lot);
    }

    private boolean retime(Result note) {
        JournalEntry now = note.now();
        if (now == null) {
            return false;
        }
        Path copy = RawName.resolve(places.output(), now.target());
        try {
            Recovery.retime(copy, now.placed());
            return true;
        } catch (IOException e) {
            failures.add(RawName.shown(copy) + " cannot get the time of its source: " + Reason.of(e));
            return false;
        }
    }

    /** A batch that was handed over. */
    private record Pending(
            List<Placement> placements, List<PlaceJob> jobs, TaskRunner.Answer<List<PlaceOutcome>> answer) {}

    /** Places all that is planned, in batches of what is right for a number of workers, 0 for none. */
    void place(SortPlan plan, int workers, TaskRunner runner) throws IOException, InterruptedException {
        tally.begin(plan.placements().size(), plan.bytes());
        List<Placement> again;
        try (Cursor<Placement> first = plan.first().values()) {
            displaced = (int) plan.first().size();
            placeRound(new Batches(first, plan.first().size(), plan.firstBytes(), workers), runner);
        }
        try (Cursor<Placement> placements = plan.placements().values()) {
            again = placeRound(new Batches(placements, plan.placements().size(), plan.bytes(), workers), runner);
        }
        for (int round = 1; !again.isEmpty(); round++) {
            if (round > ROUNDS) {
                again.forEach(placement -> failures.add(shown(placement)
                        + " cannot be placed: every name that it got was" + " taken by somebody in that moment"));
                break;
            }
            long bytes =
                    again.stream().mapToLong(file -> file.file().stat().size()).sum();
            again = placeRound(new Batches(Cursor.of(again.iterator()), again.size(), bytes, workers), runner);
        }
    }

    private List<Placement> placeRound(Batches batches, TaskRunner runner) throws IOException, InterruptedException {
        List<Placement> again = new ArrayList<>();
        Deque<Pending> pending = new ArrayDeque<>();
        int window = runner.window();
        for (List<Placement> batch = batches.next(); !batch.isEmpty(); batch = batches.next()) {
            if (pending.size() == window) {
                finish(pending.remove(), again);
            }
            List<Placement> placeable = withFolders(batch);
            if (!placeable.isEmpty()) {
                pending.add(start(placeable, runner));
            }
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
            boolean aside = placement.step() == Step.ASIDE || placement.step() == Step.PRUNE;
            String target = aside ? run.keptTarget(number) : placement.target();
            How wanted = aside ? How.MOVED : how;
            intents.add(new Intent(
                    number,
                    placement.step(),
                    wanted,
                    placement.key(),
                    target,
                    placement.file().stat(),
                    placement.before()));
            jobs.add(new PlaceJob(
                    placement.file().path(), placement.file().stat(), target, number, wanted, placement.replaces()));
        }
        journal.intend(intents);
        if (rules.acrossDevices()) {
            journal.force();
        }
        return new Pending(batch, jobs, runner.submit(new PlaceTask(rules, jobs)));
    }

    private void finish(Pending batch, List<Placement> again) throws IOException, InterruptedException {
        long bytes = batch.placements().stream()
                .mapToLong(placement -> placement.file().stat().size())
                .sum();
        List<PlaceOutcome> outcomes = batch.answer().await(LIMIT.plusSeconds(bytes / SLOWEST_BYTES_PER_SECOND));
        List<Result> results = new ArrayList<>(outcomes.size());
        for (int i = 0; i < outcomes.size(); i++) {
            Placement placement = batch.placements().get(i);
            PlaceOutcome outcome = outcomes.get(i);
            if (outcome instanceof PlaceOutcome.Done success) {
                results.add(result(placement, batch.jobs().get(i), success));
                tell(placement, success);
            } else if (outcome instanceof PlaceOutcome.Failed failed) {
                failures.add(failed.text());
            } else {
                if (outcome instanceof PlaceOutcome.TargetChanged) {
                    log.warn(
                            RawName.shown(RawName.resolve(places.output(), placement.target()))
                                    + " was changed by somebody in this moment; it is kept, and its source is copied beside it");
                }
                again.add(renumbered(placement));
            }
        }
        journal.results(results);
    }

    /** The same file under the next free name: somebody took the one that it had got. */
    private Placement renumbered(Placement placement) {
        String name = names.takeNumbered(placement.folder(), placement.wanted());
        return Placement.of(placement.file(), placement.key(), placement.folder(), name, placement.wanted());
    }

    private Result result(Placement placement, PlaceJob job, PlaceOutcome.Done success) {
        boolean aside = placement.step() == Step.ASIDE || placement.step() == Step.PRUNE;
        JournalEntry now = aside
                ? null
                : new JournalEntry(
                        placement.key(),
                        success.source(),
                        placement.target(),
                        success.placed(),
                        success.sum(),
                        recognition.settled(success.source()),
                        success.how());
        return new Result(job.number(), placement.step(), placement.key(), now, placement.before());
    }

    private void tell(Placement placement, PlaceOutcome.Done success) {
        switch (placement.step()) {
            case PRUNE -> pruned++;
            case ASIDE -> {
                // It counts among the duplicates.
            }
            default -> {
                placed++;
                placedBytes += success.placed().size();
                tally.placed(placement.target(), success.placed().size(), success.sum());
                done.merge(success.how(), 1, Integer::sum);
                displaced += placement.step() == Step.DISPLACE ? 1 : 0;
                renamed += placement.isRenamed() ? 1 : 0;
                if (!names.expect(placement.target())) {
                    throw new IllegalStateException(
                            "two files were given the name " + RawName.shown(placement.target()));
                }
                if (log.debugs()) {
                    log.debug(RawName.shown(placement.file().path()) + " -> " + RawName.shown(placement.target()));
                }
            }
        }
    }

    /** Makes the folders; leaves out the files whose folder cannot be made. */
    private List<Placement> withFolders(List<Placement> placements) throws IOException {
        List<Placement> placeable = new ArrayList<>(placements.size());
        for (Placement placement : placements) {
            String folder = placement.folder();
            String obstacle = folder.isEmpty() ? "" : obstacles.get(folder);
            if (obstacle == null) {
                obstacle = makeFolder(folder);
                obstacles.put(folder, obstacle);
            }
            if (obstacle.isEmpty()) {
                placeable.add(placement);
            } else {
                failures.add(shown(placement) + " cannot be placed: " + obstacle);
            }
        }
        return placeable;
    }

    private String makeFolder(String name) throws IOException {
        int slash = name.lastIndexOf('/');
        if (slash > 0) {
            String above = name.substring(0, slash);
            String obstacle = obstacles.get(above);
            if (obstacle == null) {
                obstacle = makeFolder(above);
                obstacles.put(above, obstacle);
            }
            if (!obstacle.isEmpty()) {
                return obstacle;
            }
        }
        Path folder = names.path(name);
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return "";
        }
        journal.folders(List.of(name));
        try {
            Files.createDirectory(folder);
            return "";
        } catch (IOException e) {
            return "the folder " + RawName.shown(folder) + " cannot be made: " + Reason.of(e);
        }
    }

    private String shown(Placement placement) {
        return RawName.shown(RawName.resolve(places.source(), placement.file().path()));
    }
}
