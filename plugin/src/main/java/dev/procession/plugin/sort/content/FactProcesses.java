package dev.procession.plugin.sort.content;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.sort.extra.Extra;
import dev.procession.plugin.sort.extra.ExtraJars;
import dev.procession.plugin.sort.layout.CategoryTable;
import dev.procession.plugin.sort.layout.FileFacts;
import dev.procession.plugin.sort.layout.Layout;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.OwnPlaces;
import dev.procession.plugin.sort.scan.SourceFile;
import dev.procession.plugin.work.FileTree;
import dev.procession.plugin.work.UntrustedWork;
import dev.procession.plugin.work.WorkerCode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has files looked into by child processes, some at a time. When a process dies of a batch, or does not come back, each
 * file of it is looked into by itself: the one that kills is left unknown, and the others have their facts.
 */
public final class FactProcesses implements FactReader {
    private static final int BATCH = 32;

    /** How long a file may take; nearly all take a few milliseconds. */
    public static final Duration LIMIT = Duration.ofSeconds(30);

    /** Parsers need little; what wants more is made to want more. */
    private static final long HEAP_BYTES = 192L << 20;

    private static final String TEMPORARY = "procession-look-";

    private final Path source;
    private final Path own;
    private final Layout layout;
    private final boolean content;
    private final Map<String, String> categories;
    private final Set<Extra> extras;
    private final ExtraJars jars;
    private final WorkerCode code;
    private final int workers;
    private final Duration limit;
    private final BuildLog log;
    private @Nullable UntrustedWork work;

    /**
     * @param source the source
     * @param own a directory for temporary files; what killed runs left there is removed
     * @param layout knows which files it needs facts of
     * @param content whether categories are wanted, else the days on which photos were taken
     * @param categories what the user has added to the table
     * @param extras what the processes need
     * @param jars fetches it
     * @param code what the processes need besides
     * @param workers how many processes, 1 or more
     * @param limit how long one file may take
     */
    public FactProcesses(
            Path source,
            Path own,
            Layout layout,
            boolean content,
            Map<String, String> categories,
            Set<Extra> extras,
            ExtraJars jars,
            WorkerCode code,
            int workers,
            Duration limit,
            BuildLog log) {
        this.source = source;
        this.own = own;
        this.layout = layout;
        this.content = content;
        this.categories = categories;
        this.extras = extras;
        this.jars = jars;
        this.code = code;
        this.workers = workers;
        this.limit = limit;
        this.log = log;
    }

    private record Batch(List<Integer> positions, UntrustedWork.Pending<FileFacts[]> pending) {}

    @Override
    public List<FileFacts> read(List<SourceFile> files) throws IOException, InterruptedException {
        FileFacts[] facts = new FileFacts[files.size()];
        Arrays.fill(facts, FileFacts.NONE);
        List<Integer> wanted = new ArrayList<>();
        for (int i = 0; i < facts.length; i++) {
            if (layout.needsFacts(files.get(i))) {
                wanted.add(i);
            }
        }
        List<Integer> alone = new ArrayList<>();
        for (Batch batch : submit(files, wanted, Math.max(1, Math.min(BATCH, wanted.size() / workers)))) {
            UntrustedWork.Outcome<FileFacts[]> outcome = batch.pending().await();
            if (outcome instanceof UntrustedWork.Outcome.Done<FileFacts[]> done) {
                take(done.value(), batch, facts);
            } else {
                alone.addAll(batch.positions());
            }
        }
        for (Batch batch : submit(files, alone, 1)) {
            UntrustedWork.Outcome<FileFacts[]> outcome = batch.pending().await();
            if (outcome instanceof UntrustedWork.Outcome.Done<FileFacts[]> done) {
                take(done.value(), batch, facts);
            } else if (outcome instanceof UntrustedWork.Outcome.Failed<FileFacts[]> failed) {
                log.warn(RawName.shown(RawName.resolve(
                                source, files.get(batch.positions().get(0)).path()))
                        + " could not be looked into: " + failed.reason()
                        + (content ? "; it goes to " + CategoryTable.UNKNOWN : "; the day of its last change counts"));
            }
        }
        return List.of(facts);
    }

    private static void take(FileFacts[] found, Batch batch, FileFacts[] facts) {
        for (int i = 0; i < found.length; i++) {
            facts[batch.positions().get(i)] = found[i];
        }
    }

    private List<Batch> submit(List<SourceFile> files, List<Integer> positions, int size)
            throws IOException, InterruptedException {
        List<Batch> batches = new ArrayList<>();
        for (int begin = 0; begin < positions.size(); begin += size) {
            List<Integer> batch = positions.subList(begin, Math.min(begin + size, positions.size()));
            LookTask task = new LookTask(
                    RawName.of(source),
                    batch.stream().map(i -> files.get(i).path()).toList(),
                    content,
                    categories);
            batches.add(new Batch(batch, work().submit(task, limit)));
        }
        return batches;
    }

    private UntrustedWork work() throws IOException, InterruptedException {
        UntrustedWork started = work;
        if (started == null) {
            List<Path> classPath = new ArrayList<>(code.classPath());
            classPath.addAll(jars.jars(extras));
            sweep();
            Path temporary = own.resolve(TEMPORARY + Long.toHexString(System.nanoTime()));
            log.debug("looking into files in " + workers + " child processes");
            started = UntrustedWork.open(
                    "sort-files-look",
                    workers,
                    new WorkerCode(classPath, code.cacheDirectory()),
                    HEAP_BYTES,
                    temporary,
                    log);
            work = started;
        }
        return started;
    }

    /** The output is locked, so what lies there is of a run that was killed; elsewhere it may be of one that lives. */
    private void sweep() throws IOException {
        if (!own.endsWith(OwnPlaces.NAME)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(own, TEMPORARY + "*")) {
            for (Path directory : left) {
                FileTree.remove(directory);
            }
        }
    }

    @Override
    public void close() {
        if (work != null) {
            work.close();
        }
    }
}
