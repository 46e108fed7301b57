package dev.procession.plugin.sort.plan;

import dev.procession.plugin.sort.journal.Result;
import dev.procession.plugin.sort.journal.Step;
import dev.procession.plugin.sort.store.Scratch;
import dev.procession.plugin.sort.store.SpillList;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** What is to be done, file by file, before anything is; and how much it is. */
public final class SortPlan {
    private final SpillList<Placement> first;
    private final SpillList<Placement> placements;
    private final SpillList<Result> notes;
    private final Map<Step, Integer> counts = new HashMap<>();
    private long bytes;
    private long firstBytes;
    private int unchanged;
    private long unchangedBytes;
    private int skipped;
    private int duplicates;

    SortPlan(Scratch scratch) {
        this.first = new SpillList<>(scratch, Placement.CODEC);
        this.placements = new SpillList<>(scratch, Placement.CODEC);
        this.notes = new SpillList<>(scratch, Result.CODEC);
    }

    void add(Placement placement) throws IOException {
        placements.add(placement);
        counts.merge(placement.step(), 1, Integer::sum);
        bytes += placement.file().stat().size();
    }

    /** What has to be done with all of them before anything else is. */
    void addFirst(Placement placement) throws IOException {
        first.add(placement);
        counts.merge(placement.step(), 1, Integer::sum);
        firstBytes += placement.file().stat().size();
    }

    void note(Result note) throws IOException {
        notes.add(note);
    }

    void unchanged(long size) {
        unchanged++;
        unchangedBytes += size;
    }

    void skip() {
        skipped++;
    }

    void duplicate() {
        duplicates++;
    }

    /** What is to be done before that. */
    public SpillList<Placement> first() {
        return first;
    }

    public long firstBytes() {
        return firstBytes;
    }

    /** For how many files something is to be done. */
    public long size() {
        return first.size() + placements.size();
    }

    /** What is to be moved about or copied, in the order in which it is done. */
    public SpillList<Placement> placements() {
        return placements;
    }

    /** What is known better now, and copies that get a new time. */
    public SpillList<Result> notes() {
        return notes;
    }

    public int count(Step step) {
        return counts.getOrDefault(step, 0);
    }

    /** How large all is that is to be placed. */
    public long bytes() {
        return bytes;
    }

    /** How many files are in place already. */
    public int unchanged() {
        return unchanged;
    }

    public long unchangedBytes() {
        return unchangedBytes;
    }

    /** How many are left where they are, since their names are taken. */
    public int skipped() {
        return skipped;
    }

    /** How many are left out, since their content is in place. */
    public int duplicates() {
        return duplicates;
    }
}
