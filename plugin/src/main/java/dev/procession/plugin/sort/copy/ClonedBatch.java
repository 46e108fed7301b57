package dev.procession.plugin.sort.copy;

import dev.procession.plugin.sort.journal.How;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.OwnPlaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The clones for a batch, made together among the drafts, since a process for each file would cost more than a copy. */
final class ClonedBatch {
    private final Map<Integer, Path> clones = new HashMap<>();
    private String said = "";
    private boolean someFailed;

    /** For batches without any. */
    static final ClonedBatch NONE = new ClonedBatch();

    private ClonedBatch() {}

    static ClonedBatch of(PlaceRules rules, PlaceJob[] jobs) throws IOException, InterruptedException {
        List<PlaceJob> rest = new ArrayList<>();
        for (PlaceJob job : jobs) {
            if (job.how() == How.CLONED) {
                rest.add(job);
            }
        }
        if (rest.isEmpty()) {
            return NONE;
        }
        ClonedBatch batch = new ClonedBatch();
        Path drafts = RawName.absolute(rules.run()).resolve("drafts");
        while (!rest.isEmpty()) {
            // In one directory no two have the same name.
            Path directory = drafts.resolve("clones-" + rest.get(0).number());
            OwnPlaces.removeFlat(directory);
            Files.createDirectory(directory);
            rest = batch.make(RawName.absolute(rules.source()), rest, directory);
        }
        return batch;
    }

    private List<PlaceJob> make(Path source, List<PlaceJob> jobs, Path directory)
            throws IOException, InterruptedException {
        List<PlaceJob> later = new ArrayList<>();
        List<String> files = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (PlaceJob job : jobs) {
            if (!names.add(RawName.last(job.source()))) {
                later.add(job);
                continue;
            }
            Path file = RawName.resolve(source, job.source());
            // Nothing else is given to it: it would open a pipe, and wait.
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                files.add(RawName.of(file));
                clones.put(job.number(), RawName.resolve(directory, RawName.last(job.source())));
            }
        }
        if (!files.isEmpty()) {
            Clones.Made made = Clones.make(files, directory);
            someFailed |= !made.all();
            said = made.said();
        }
        return later;
    }

    /** The clone for a job; null when it could not be made. */
    @Nullable
    Path take(PlaceJob job, BasicFileAttributes source) throws IOException {
        Path clone = clones.remove(job.number());
        BasicFileAttributes made = clone == null ? null : Traces.look(clone);
        // What failed is there as an empty file of this moment.
        boolean failed = made == null
                || !made.isRegularFile()
                || (someFailed && !made.lastModifiedTime().equals(source.lastModifiedTime()));
        return failed ? null : clone;
    }

    /** What the last attempt said, for people. */
    String said() {
        return said;
    }
}
