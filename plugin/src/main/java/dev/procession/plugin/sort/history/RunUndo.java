package dev.procession.plugin.sort.history;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.sort.archive.ArchiveRun;
import dev.procession.plugin.sort.copy.Content;
import dev.procession.plugin.sort.copy.Recognition;
import dev.procession.plugin.sort.copy.Recovery;
import dev.procession.plugin.sort.copy.Traces;
import dev.procession.plugin.sort.failure.Failures;
import dev.procession.plugin.sort.failure.Reason;
import dev.procession.plugin.sort.journal.How;
import dev.procession.plugin.sort.journal.JournalEntry;
import dev.procession.plugin.sort.journal.Result;
import dev.procession.plugin.sort.journal.RunLog;
import dev.procession.plugin.sort.journal.Step;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.OutputTraits;
import dev.procession.plugin.sort.output.OwnPlaces;
import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Undoes a run, file by file, the last one first. Looks at each file before it touches it: what is not what the run left
 * stays as it is. May be killed and called again: what was undone is recognised.
 */
final class RunUndo {
    private static final int AT_A_TIME = 256;

    private final Path output;
    private final OwnPlaces.Run run;
    private final OwnPlaces.Run place;
    private final GiveBack giveBack;
    private final Failures failures;
    private final BuildLog log;
    private final Content content = Content.ofThread();
    private int files;

    /** @param place where it is written down what was undone */
    RunUndo(Path output, OwnPlaces.Run run, OwnPlaces.Run place, OutputTraits traits, Failures failures, BuildLog log) {
        this.output = output;
        this.run = run;
        this.place = place;
        this.giveBack = new GiveBack(traits);
        this.failures = failures;
        this.log = log;
    }

    /** How many files were put back or taken out. */
    int files() {
        return files;
    }

    void run() throws IOException {
        Files.createDirectories(place.directory());
        RunLog.Contents done = RunLog.read(run.journal(), result -> {});
        if (done.damages() > 0) {
            failures.add("the journal of " + run.name() + " is damaged: what stood there cannot be undone");
        }
        List<Result> lot = new ArrayList<>();
        try (RunLog undone = RunLog.create(place.journal())) {
            RunLog.readBackwards(run.journal(), result -> {
                if (isUndone(result)) {
                    lot.add(new Result(0, Step.UNDO, result.key(), result.before(), result.now()));
                }
                if (lot.size() == AT_A_TIME) {
                    undone.results(lot);
                    lot.clear();
                }
            });
            undone.results(lot);
            undone.end();
        }
        // What archives were unpacked to goes with them; then folders are empty that were not before.
        List<String> stays = new ArrayList<>();
        ArchiveRun.undo(output, output.resolve(OwnPlaces.NAME), stays);
        stays.forEach(path -> log.warn(RawName.shown(path)
                + " came out of an archive, and was made or changed by somebody since; it stays there"));
        removeFolders(done.folders());
    }

    private void removeFolders(List<String> folders) {
        for (int i = folders.size() - 1; i >= 0; i--) {
            try {
                Files.deleteIfExists(RawName.resolve(output, folders.get(i)));
            } catch (IOException e) {
                // Something of somebody else's is in it.
            }
        }
    }

    private boolean isUndone(Result result) {
        String name = result.now() != null
                ? result.now().target()
                : result.before() != null ? result.before().target() : result.key();
        try {
            String obstacle = undo(result);
            if (obstacle != null) {
                failures.add(RawName.shown(RawName.resolve(output, name).normalize()) + " " + obstacle);
                return false;
            }
            if (log.debugs()) {
                log.debug("undone: " + RawName.shown(name));
            }
            return true;
        } catch (IOException e) {
            failures.add(
                    RawName.shown(RawName.resolve(output, name).normalize()) + " cannot be put back: " + Reason.of(e));
            return false;
        }
    }

    /** Undoes one thing; tells why not, or null. */
    private @Nullable String undo(Result result) throws IOException {
        JournalEntry now = result.now();
        return switch (result.step()) {
            case PLACE -> now == null ? null : takeOut(result, now);
            case REPLACE, DISPLACE -> now == null ? null : putOldBack(result, now);
            case ASIDE -> back(kept(result), source(result.key()));
            case PRUNE ->
                result.before() == null
                        ? null
                        : back(
                                kept(result),
                                RawName.resolve(output, result.before().target()));
            case RETIME -> now == null || result.before() == null ? null : retime(now, result.before());
            case NOTE, UNDO -> null;
        };
    }

    private Path source(String key) {
        return RawName.resolve(output, key).normalize();
    }

    private Path kept(Result result) {
        return run.kept().resolve(Integer.toString(result.number()));
    }

    private @Nullable String back(Path from, Path to) throws IOException {
        // What another call has put back already is not counted again.
        boolean there = Traces.look(from) != null;
        String obstacle = giveBack.move(from, to);
        files += there && obstacle == null ? 1 : 0;
        return obstacle;
    }

    private @Nullable String takeOut(Result result, JournalEntry now) throws IOException {
        Path target = RawName.resolve(output, now.target());
        BasicFileAttributes found = Traces.look(target);
        if (now.how() == How.MOVED) {
            if (found != null && !isOurs(now, found, target)) {
                return "was changed since it was sorted; it stays there";
            }
            return back(target, source(result.key()));
        }
        if (found != null) {
            if (!isOurs(now, found, target)) {
                return "was changed since it was sorted; it stays there";
            }
            Files.delete(target);
            files++;
        }
        return null;
    }

    private @Nullable String putOldBack(Result result, JournalEntry now) throws IOException {
        Path target = RawName.resolve(output, now.target());
        Path kept = kept(result);
        if (Traces.look(kept) == null) {
            // It was put back before; or the name was free when it came to that.
            BasicFileAttributes found = Traces.look(target);
            return found != null && isOurs(now, found, target) ? takeOut(result, now) : null;
        }
        BasicFileAttributes found = Traces.look(target);
        if (found != null) {
            if (!isOurs(now, found, target)) {
                return "was changed since it was sorted; it stays there, and what it displaced stays in "
                        + RawName.shown(kept);
            }
            if (now.how() == How.MOVED) {
                String obstacle = giveBack.move(target, source(result.key()));
                if (obstacle != null) {
                    return obstacle;
                }
            }
        }
        Files.move(kept, target, StandardCopyOption.ATOMIC_MOVE);
        files++;
        return null;
    }

    private @Nullable String retime(JournalEntry now, JournalEntry before) throws IOException {
        Path target = RawName.resolve(output, now.target());
        BasicFileAttributes found = Traces.look(target);
        if (found != null && FileStat.of(found).modifiedNanos() == now.placed().modifiedNanos()) {
            Recovery.retime(target, before.placed());
        }
        return null;
    }

    private boolean isOurs(JournalEntry entry, BasicFileAttributes found, Path target) throws IOException {
        if (!found.isRegularFile()) {
            return false;
        }
        FileStat stat = FileStat.of(found);
        // A second name of the source may go whatever was written into it, as long as the first one is there.
        boolean secondName = entry.how() == How.LINKED
                && Files.exists(source(entry.key()))
                && Files.isSameFile(source(entry.key()), target);
        return secondName || Recognition.isOurs(entry, stat, target, content);
    }
}
