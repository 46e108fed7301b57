package dev.procession.plugin.sort.archive;

import dev.procession.plugin.report.Amount;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.sort.extra.Extra;
import dev.procession.plugin.sort.extra.ExtraJars;
import dev.procession.plugin.sort.name.Names;
import dev.procession.plugin.sort.name.NumberedName;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.work.FileStat;
import dev.procession.plugin.work.FileTree;
import dev.procession.plugin.work.UntrustedWork;
import dev.procession.plugin.work.WorkerCode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks the archives among the sorted files, each into a folder of its own beside it: by child processes, into a folder of
 * the goal's own, which gets its final name when all is in it. So a folder under a final name is whole, whoever is killed
 * when. An archive that is damaged, or wants too much, is one failure, and nothing of it is published.
 */
public final class ArchiveRun {
    /** How long an archive may take, beside what its size allows it. */
    public static final Duration LIMIT = Duration.ofMinutes(1);

    private static final String DRAFT = "unpack-";
    private static final String LISTS = "unpacked";
    private static final long HEAP_BYTES = 384L << 20;

    /** Whoever unpacks less than this in a second is stuck. */
    private static final long SLOWEST_BYTES_PER_SECOND = 100_000;

    private final Path output;
    private final Path own;
    private final Names names;
    private final ArchiveLimits limits;
    private final ExtraJars jars;
    private final WorkerCode code;
    private final int workers;
    private final Duration limit;
    private final BuildLog log;
    private final String run = Long.toHexString(System.currentTimeMillis()) + "-" + Long.toHexString(System.nanoTime());
    private final List<String> failures = new ArrayList<>();
    private int number;
    private int unpacked;
    private int unchanged;
    private long files;
    private long bytes;

    /**
     * @param output the output, locked
     * @param own what the goal keeps for itself there
     * @param workers how many child processes, 1 or more
     * @param limit how long an archive may take, beside what its size allows it
     */
    public ArchiveRun(
            Path output,
            Path own,
            Names names,
            ArchiveLimits limits,
            ExtraJars jars,
            WorkerCode code,
            int workers,
            Duration limit,
            BuildLog log) {
        this.output = output;
        this.own = own;
        this.names = names;
        this.limits = limits;
        this.jars = jars;
        this.code = code;
        this.workers = workers;
        this.limit = limit;
        this.log = log;
    }

    /**
     * What was done.
     *
     * @param unpacked how many archives were unpacked
     * @param unchanged how many were unpacked by an earlier run
     * @param files how many files came out of them now
     * @param bytes how large these are
     * @param failures a line for each archive that could not be unpacked
     */
    public record Result(int unpacked, int unchanged, long files, long bytes, List<String> failures) {
        /** Nobody asked for it. */
        public static final Result NONE = new Result(0, 0, 0, 0, List.of());
    }

    private record Pending(
            String archive, FileStat stat, Path draft, String list, UntrustedWork.Pending<UnpackTask.Report> report) {}

    /** Whether a file, by its raw name, is an archive that can be unpacked. */
    public static boolean isArchive(String name) {
        return ArchiveKind.of(name).isPresent();
    }

    /**
     * Unpacks those that have not been, or have changed since.
     *
     * @param archives raw paths relative to the output, in the order in which they get their folders
     */
    public Result unpack(Iterable<String> archives) throws IOException, InterruptedException {
        clear(own);
        ArchiveRecord record = ArchiveRecord.open(own);
        Deque<Pending> pending = new ArrayDeque<>();
        @Nullable UntrustedWork work = null;
        try {
            for (String archive : archives) {
                FileStat stat = statOf(archive);
                if (stat == null || isUnpacked(record.find(archive), stat)) {
                    continue;
                }
                if (work == null) {
                    work = open();
                }
                if (pending.size() > workers) {
                    finish(pending.remove(), record);
                }
                pending.add(submit(archive, stat, work));
            }
            while (!pending.isEmpty()) {
                finish(pending.remove(), record);
            }
        } finally {
            if (work != null) {
                work.close();
                clear(own);
            }
        }
        return new Result(unpacked, unchanged, files, bytes, failures);
    }

    private @Nullable FileStat statOf(String archive) {
        try {
            Path file = RawName.resolve(output, archive);
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? FileStat.of(file) : null;
        } catch (IOException e) {
            // It has gone since it was placed: whoever counts the files tells of that.
            return null;
        }
    }

    private boolean isUnpacked(ArchiveRecord.@Nullable Entry entry, FileStat stat) {
        boolean done = entry != null
                && entry.stat().equals(stat)
                && Files.isDirectory(RawName.resolve(output, entry.folder()), LinkOption.NOFOLLOW_LINKS);
        if (done) {
            unchanged++;
        }
        return done;
    }

    private UntrustedWork open() throws IOException, InterruptedException {
        List<Path> classPath = new ArrayList<>(code.classPath());
        classPath.addAll(jars.jars(Set.of(Extra.ARCHIVES)));
        Files.createDirectories(own.resolve(LISTS));
        log.debug("unpacking archives in " + workers + " child processes");
        return UntrustedWork.open(
                "sort-files-unpack",
                workers,
                new WorkerCode(classPath, code.cacheDirectory()),
                HEAP_BYTES,
                own.resolve(DRAFT + run + "-tmp"),
                log);
    }

    private Pending submit(String archive, FileStat stat, UntrustedWork work) {
        String name = run + "-" + number++;
        Path draft = own.resolve(DRAFT + name);
        String list = name + ".list";
        UnpackTask task = new UnpackTask(
                RawName.of(RawName.resolve(output, archive)),
                RawName.of(draft),
                RawName.of(own.resolve(LISTS).resolve(list)),
                names,
                limits);
        // How much comes out of it is not known; how much may is.
        long most = Math.min(limits.bytes(), Math.max(stat.size() * limits.ratio(), ArchiveLimits.RATIO_FROM));
        Duration time = limit.plusSeconds(Math.min(most / SLOWEST_BYTES_PER_SECOND, 3600));
        return new Pending(archive, stat, draft, list, work.submit(task, time));
    }

    private void finish(Pending pending, ArchiveRecord record) throws IOException, InterruptedException {
        String shown = RawName.shown(RawName.resolve(output, pending.archive()));
        UntrustedWork.Outcome<UnpackTask.Report> outcome = pending.report().await();
        if (outcome instanceof UntrustedWork.Outcome.Failed<UnpackTask.Report> failed) {
            failures.add(shown + " cannot be unpacked: " + failed.reason());
        } else if (outcome instanceof UntrustedWork.Outcome.Done<UnpackTask.Report> done) {
            UnpackTask.Report report = done.value();
            if (!report.refused().isEmpty()) {
                failures.add(shown + " " + report.refused());
            } else {
                publish(pending, record);
                unpacked++;
                files += report.files();
                bytes += report.bytes();
                tell(shown, report);
                return;
            }
        }
        Files.deleteIfExists(own.resolve(LISTS).resolve(pending.list()));
        FileTree.remove(pending.draft());
    }

    private void tell(String shown, UnpackTask.Report report) {
        if (report.leftOut() > 0) {
            log.warn(shown + ": links, devices and pipes in it were left out, " + Amount.number(report.leftOut())
                    + " in all");
        }
        report.remarks().lines().forEach(remark -> log.warn(shown + ": " + remark));
    }

    /** The record first: after a kill between the two the folder is missed, and the archive is unpacked again. */
    private void publish(Pending pending, ArchiveRecord record) throws IOException {
        String archive = pending.archive();
        ArchiveRecord.Entry before = record.find(archive);
        int slash = archive.lastIndexOf('/');
        String name = ArchiveKind.stem(archive.substring(slash + 1));
        String parent = archive.substring(0, slash + 1);
        if (before != null && makeWay(before)) {
            name = before.folder().substring(before.folder().lastIndexOf('/') + 1);
        }
        for (int i = 1; ; i++) {
            String folder = parent + (i == 1 ? name : NumberedName.of(name, i));
            Path target = RawName.resolve(output, folder);
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            record.add(new ArchiveRecord.Entry(archive, pending.stat(), folder, pending.list()));
            try {
                // Over an empty folder at most: a system renames no folder over anything else.
                Files.move(pending.draft(), target, StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (IOException e) {
                if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                    throw e;
                }
            }
        }
    }

    /** Takes away what an earlier state of the archive was unpacked to, unless somebody has worked on it. */
    private boolean makeWay(ArchiveRecord.Entry before) throws IOException {
        Path path = RawName.resolve(output, before.folder());
        UnpackedFolder folder = UnpackedFolder.of(path, own.resolve(LISTS).resolve(before.list()));
        if (!folder.isThere()) {
            return !Files.exists(path, LinkOption.NOFOLLOW_LINKS);
        }
        if (!folder.isUntouched()) {
            log.warn(RawName.shown(path) + " was changed by somebody since it was unpacked; it is kept, and the new "
                    + RawName.shown(before.archive()) + " is unpacked beside it");
            return false;
        }
        Files.move(path, own.resolve(DRAFT + run + "-old-" + number++), StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(own.resolve(LISTS).resolve(before.list()));
        return true;
    }

    /** Removes what killed runs left half-unpacked. */
    private static void clear(Path own) throws IOException {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(own, DRAFT + "*")) {
            for (Path draft : drafts) {
                FileTree.remove(draft);
            }
        }
    }

    /**
     * Removes what archives were unpacked to that are not in the output any more, as far as nobody has changed it.
     *
     * @param stays gets the raw paths, absolute, of what is somebody's work by now
     */
    public static void undo(Path output, Path own, List<String> stays) throws IOException {
        clear(own);
        ArchiveRecord record = ArchiveRecord.open(own);
        List<ArchiveRecord.Entry> kept = new ArrayList<>();
        for (ArchiveRecord.Entry entry : record.all().values()) {
            if (Files.exists(RawName.resolve(output, entry.archive()), LinkOption.NOFOLLOW_LINKS)) {
                kept.add(entry);
                continue;
            }
            Path list = own.resolve(LISTS).resolve(entry.list());
            UnpackedFolder.of(RawName.resolve(output, entry.folder()), list).removeOwn(stays);
            Files.deleteIfExists(list);
        }
        record.keep(kept);
        if (kept.isEmpty()) {
            FileTree.remove(own.resolve(LISTS));
        }
    }
}
