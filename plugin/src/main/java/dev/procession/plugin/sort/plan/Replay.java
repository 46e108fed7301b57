package dev.procession.plugin.sort.plan;

import dev.procession.plugin.sort.copy.Traces;
import dev.procession.plugin.sort.failure.Failures;
import dev.procession.plugin.sort.failure.Reason;
import dev.procession.plugin.sort.layout.Layout;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.SortPlaces;
import dev.procession.plugin.sort.scan.SourceFile;
import dev.procession.plugin.sort.store.Codec;
import dev.procession.plugin.sort.store.Cursor;
import dev.procession.plugin.sort.store.RecordReader;
import dev.procession.plugin.sort.store.RecordWriter;
import dev.procession.plugin.sort.store.Scratch;
import dev.procession.plugin.sort.store.SpillSorter;
import dev.procession.plugin.sort.store.StatCodec;
import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The files of a plan in the place of a scan, in the order of the bytes of their paths. Those that are not what they were
 * when the plan was made are refused, one by one.
 */
public final class Replay implements SortInput {
    private final SortPlaces places;
    private final Failures failures;
    private final Cursor<PlanLine> lines;
    private @Nullable String previous;
    private long files;

    public Replay(SortPlaces places, PlanFile plan, Scratch scratch, Failures failures) throws IOException {
        this.places = places;
        this.failures = failures;
        SpillSorter<PlanLine> sorter = new SpillSorter<>(scratch, CODEC, Comparator.comparing(PlanLine::source));
        plan.read(failures, sorter::add);
        this.lines = sorter.sorted();
    }

    private static final Codec<PlanLine> CODEC = new Codec<>() {
        @Override
        public void write(RecordWriter out, PlanLine line) {
            out.text(line.action());
            out.text(line.source());
            StatCodec.write(out, line.stat());
            out.text(line.target());
        }

        @Override
        public PlanLine read(RecordReader in) {
            return new PlanLine(in.text(), in.text(), StatCodec.read(in), in.text());
        }
    };

    @Override
    public Planner.@Nullable Wish next() throws IOException {
        for (PlanLine line = lines.next(); line != null; line = lines.next()) {
            Planner.Wish wish = wish(line);
            if (wish != null) {
                files++;
                return wish;
            }
        }
        return null;
    }

    private Planner.@Nullable Wish wish(PlanLine line) {
        Path path = RawName.resolve(places.source(), line.source());
        if (line.source().equals(previous)) {
            failures.add(RawName.shown(path) + " stands in the plan more than once");
            return null;
        }
        previous = line.source();
        if (!path.normalize().startsWith(places.source())) {
            failures.add(RawName.shown(path) + " is not inside <source>");
            return null;
        }
        try {
            BasicFileAttributes found = Traces.look(path);
            if (found == null) {
                failures.add(RawName.shown(path) + " has gone since the plan was made");
                return null;
            }
            FileStat stat = FileStat.of(found);
            if (!found.isRegularFile()
                    || stat.size() != line.stat().size()
                    || stat.modifiedNanos() != line.stat().modifiedNanos()) {
                failures.add(RawName.shown(path) + " has changed since the plan was made");
                return null;
            }
            int slash = line.target().lastIndexOf('/');
            Layout.Target target = new Layout.Target(
                    line.target().substring(0, slash), line.target().substring(slash + 1));
            return new Planner.Wish(
                    new SourceFile(line.source(), stat), target, line.action().equals(PlanLine.OVERWRITE));
        } catch (IOException e) {
            failures.add(RawName.shown(path) + " cannot be looked at: " + Reason.of(e));
            return null;
        }
    }

    @Override
    public long files() {
        return files;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
