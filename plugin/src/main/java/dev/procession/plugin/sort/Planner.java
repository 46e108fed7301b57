package dev.procession.plugin.sort;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Gives every file its new name, before anything is copied and on one thread: so the names depend on what is there, and
 * on nothing else.
 *
 * <p>Files that an earlier run placed keep their names. Of the others, in the order of the bytes of their paths, each
 * whose own name is free gets it; then those whose name was taken get numbers. The own names come first, so that a real
 * {@code a (2).txt} keeps its name.
 */
final class Planner {
    private final SortPlaces places;
    private final Journal journal;
    private final NameFolding folding;
    private final Recognition recognition;
    private final BuildLog log;
    private final String keyPrefix;
    private final Proof proof = new Proof(Publishing.CLAIM);
    private final Map<String, OutputFolder> folders = new HashMap<>();
    private final List<Placement> placements = new ArrayList<>();
    private final List<JournalEntry> refreshed = new ArrayList<>();
    private final Set<String> targets = new HashSet<>();
    private final List<String> failures = new ArrayList<>();
    private int unchanged;
    private long unchangedBytes;

    Planner(SortPlaces places, Journal journal, NameFolding folding, Recognition recognition, BuildLog log) {
        this.places = places;
        this.journal = journal;
        this.folding = folding;
        this.recognition = recognition;
        this.log = log;
        this.keyPrefix = places.keyPrefix();
    }

    /**
     * What is to be done.
     *
     * @param placements what to copy, in the order of the sources
     * @param unchanged how many files are in place already
     * @param unchangedBytes how large they are
     * @param targets where they are
     * @param refreshed what is known better of them now
     * @param failures files that cannot be placed, one line for each
     */
    record SortPlan(
            List<Placement> placements,
            int unchanged,
            long unchangedBytes,
            Set<String> targets,
            List<JournalEntry> refreshed,
            List<String> failures) {}

    SortPlan plan(List<SourceFile> files) {
        List<SourceFile> unnamed = new ArrayList<>();
        for (SourceFile file : files) {
            JournalEntry entry = journal.find(keyPrefix + file.path());
            if (entry == null || !keepsItsName(file, entry)) {
                unnamed.add(file);
            }
        }
        List<SourceFile> collided = new ArrayList<>();
        for (SourceFile file : unnamed) {
            OutputFolder folder = folder(FolderRule.folderOf(file.name()));
            String obstacle = folder.obstacle();
            if (obstacle != null) {
                failures.add(shown(file) + " cannot be placed: " + obstacle);
            } else if (folder.take(file.name())) {
                place(file, file.name());
            } else if (!adopt(file, file.name())) {
                collided.add(file);
            }
        }
        for (SourceFile file : collided) {
            OutputFolder folder = folder(FolderRule.folderOf(file.name()));
            if (journal.damagedLines() == 0 || !adoptNumbered(file)) {
                place(file, folder.takeNumbered(file.name()));
            }
        }
        placements.sort(Comparator.comparing(placement -> placement.file().path()));
        return new SortPlan(placements, unchanged, unchangedBytes, targets, refreshed, failures);
    }

    /** The same file under the next free name: somebody took the one that it had got. */
    Placement renumbered(Placement placement) {
        String name = folder(placement.folder()).takeNumbered(placement.file().name());
        return new Placement(placement.file(), placement.key(), placement.folder(), name, null);
    }

    OutputFolder folder(String name) {
        return folders.computeIfAbsent(name, wanted -> OutputFolder.of(places, wanted, folding));
    }

    private boolean keepsItsName(SourceFile file, JournalEntry entry) {
        String target = entry.target();
        int slash = target.indexOf('/');
        String folder = target.substring(0, slash);
        String name = target.substring(slash + 1);
        String obstacle = folder(folder).obstacle();
        if (obstacle != null) {
            failures.add(shown(file) + " cannot be placed: " + obstacle);
            return true;
        }
        try {
            Recognition.Verdict verdict = recognition.of(file, entry);
            if (verdict instanceof Recognition.Verdict.Unchanged same) {
                if (!same.entry().equals(entry)) {
                    refreshed.add(same.entry());
                }
                count(file, target);
            } else if (verdict instanceof Recognition.Verdict.Touched touched) {
                refreshed.add(retimed(touched.entry()));
                count(file, target);
            } else if (verdict instanceof Recognition.Verdict.Missing) {
                if (!folder(folder).take(name)) {
                    return false;
                }
                placements.add(new Placement(file, entry.key(), folder, name, null));
            } else if (verdict instanceof Recognition.Verdict.Changed changed) {
                placements.add(new Placement(file, entry.key(), folder, name, changed.copy()));
            } else {
                log.warn(RawName.shown(RawName.resolve(places.output(), target))
                        + " was changed by somebody since it was sorted; it is kept, and its source "
                        + shown(file) + " is copied beside it");
                return false;
            }
            return true;
        } catch (IOException e) {
            failures.add(
                    shown(file) + " cannot be compared with its copy " + RawName.shown(target) + ": " + Reason.of(e));
            return true;
        }
    }

    private JournalEntry retimed(JournalEntry entry) throws IOException {
        Path copy = RawName.resolve(places.output(), entry.target());
        Files.getFileAttributeView(copy, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTime.from(entry.source().modifiedNanos(), TimeUnit.NANOSECONDS), null, null);
        return new JournalEntry(
                entry.key(), entry.source(), entry.target(), FileStat.of(copy), entry.sum(), entry.settled());
    }

    private void count(SourceFile file, String target) {
        unchanged++;
        unchangedBytes += file.stat().size();
        targets.add(target);
    }

    private void place(SourceFile file, String name) {
        placements.add(new Placement(file, keyPrefix + file.path(), FolderRule.folderOf(file.name()), name, null));
    }

    /**
     * With a damaged journal: a file that cannot be told from the copy that we would make is taken for the one that we
     * have made. Otherwise what the journal does not know is the user's own, and only its name is of interest.
     */
    private boolean adopt(SourceFile file, String name) {
        String target = folder(FolderRule.folderOf(file.name())).target(name);
        if (journal.damagedLines() == 0 || journal.hasTarget(target) || targets.contains(target)) {
            return false;
        }
        Path copy = RawName.resolve(places.output(), target);
        Path source = RawName.resolve(places.source(), file.path());
        try {
            Optional<PlaceOutcome.Done> copied = proof.byContent(source, copy);
            if (copied.isEmpty()) {
                return false;
            }
            refreshed.add(new JournalEntry(
                    keyPrefix + file.path(),
                    file.stat(),
                    target,
                    copied.get().placed(),
                    copied.get().sum(),
                    recognition.settled(file.stat())));
            count(file, target);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean adoptNumbered(SourceFile file) {
        Path folder = folder(FolderRule.folderOf(file.name())).path();
        for (int number = 2; ; number++) {
            String name = NumberedName.of(file.name(), number);
            if (!Files.exists(RawName.resolve(folder, name), LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            if (adopt(file, name)) {
                return true;
            }
        }
    }

    private String shown(SourceFile file) {
        return RawName.shown(RawName.resolve(places.source(), file.path()));
    }
}
