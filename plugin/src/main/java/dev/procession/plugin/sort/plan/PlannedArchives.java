package dev.procession.plugin.sort.plan;

import dev.procession.plugin.sort.archive.ArchiveKind;
import dev.procession.plugin.sort.archive.ArchiveRecord;
import dev.procession.plugin.sort.archive.ArchiveRun;
import dev.procession.plugin.sort.journal.Step;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.SortPlaces;
import dev.procession.plugin.sort.store.Cursor;
import dev.procession.plugin.sort.store.SpillList;
import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Which archives a run would unpack: those that it would place, and those in place that were never unpacked. */
public final class PlannedArchives {
    private final Path output;
    private final ArchiveRecord record;
    private final List<String> archives = new ArrayList<>();

    public PlannedArchives(SortPlaces places) throws IOException {
        this.output = places.output();
        this.record = ArchiveRecord.open(places.own().directory());
    }

    /**
     * The raw paths relative to the output, in order.
     *
     * @param unchanged the archives that stay as they are
     */
    public List<String> of(SortPlan plan, List<String> unchanged) throws IOException {
        for (String archive : unchanged) {
            if (!isUnpacked(archive)) {
                archives.add(archive);
            }
        }
        add(plan.first());
        add(plan.placements());
        Collections.sort(archives);
        return archives;
    }

    /** The raw path of the folder that an archive gets if that is free. */
    static String folder(String archive) {
        int slash = archive.lastIndexOf('/');
        return archive.substring(0, slash + 1) + ArchiveKind.stem(archive.substring(slash + 1));
    }

    private void add(SpillList<Placement> placements) throws IOException {
        try (Cursor<Placement> values = placements.values()) {
            for (Placement placement = values.next(); placement != null; placement = values.next()) {
                boolean placed = placement.step() != Step.ASIDE && placement.step() != Step.PRUNE;
                if (placed && ArchiveRun.isArchive(placement.name())) {
                    archives.add(placement.target());
                }
            }
        }
    }

    private boolean isUnpacked(String archive) throws IOException {
        ArchiveRecord.Entry entry = record.find(archive);
        return entry != null
                && Files.isDirectory(RawName.resolve(output, entry.folder()), LinkOption.NOFOLLOW_LINKS)
                && entry.stat().equals(FileStat.of(RawName.resolve(output, archive)));
    }
}
