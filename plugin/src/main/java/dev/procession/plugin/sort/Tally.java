package dev.procession.plugin.sort;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.report.LiveLine;
import dev.procession.plugin.report.Progress;
import dev.procession.plugin.sort.archive.ArchiveRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hears of every file that is in its place, and keeps what others want to know of them: how far we are, what there is. */
final class Tally implements AutoCloseable {
    private final SummaryReport summary;
    private final boolean wantsArchives;
    private final BuildLog log;
    private final @Nullable LiveLine live;
    private final List<String> archives = new ArrayList<>();
    private @Nullable Progress progress;

    Tally(SummaryReport summary, boolean wantsArchives, BuildLog log, @Nullable LiveLine live) {
        this.summary = summary;
        this.wantsArchives = wantsArchives;
        this.log = log;
        this.live = live;
    }

    /** Files are going to be placed. */
    void begin(long files, long bytes) {
        close();
        progress = new Progress("sorting", files, bytes, log, live);
    }

    /** This run has placed a file. */
    void placed(String target, long bytes, long sum) {
        unchanged(target, bytes, sum);
        if (progress != null) {
            progress.add(1, bytes);
        }
    }

    /** A file is in its place since an earlier run. */
    void unchanged(String target, long bytes, long sum) {
        summary.placed(target, bytes, sum);
        if (wantsArchives && ArchiveRun.isArchive(target.substring(target.lastIndexOf('/') + 1))) {
            archives.add(target);
        }
    }

    /** The archives among the files, by their raw paths, in the order in which they are unpacked. */
    List<String> archives() {
        Collections.sort(archives);
        return archives;
    }

    SummaryReport summary() {
        return summary;
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.close();
        }
    }
}
