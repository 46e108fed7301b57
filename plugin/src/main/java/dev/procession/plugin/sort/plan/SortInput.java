package dev.procession.plugin.sort.plan;

import dev.procession.plugin.sort.failure.Failures;
import dev.procession.plugin.sort.scan.ScanAhead;
import dev.procession.plugin.sort.scan.SourceFile;
import dev.procession.plugin.sort.scan.SourceScan;
import dev.procession.plugin.sort.store.Cursor;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files that are to be sorted, in the order of the bytes of their paths; and what was passed by on the way to them. */
public interface SortInput extends Cursor<Planner.Wish> {

    /** How many files it has told of. */
    long files();

    /** How many symbolic links were passed by. */
    default int links() {
        return 0;
    }

    /** How many pipes, sockets and devices were passed by. */
    default int specials() {
        return 0;
    }

    /** The directories {@code .git} that were found, for people. */
    default List<String> repositories() {
        return List.of();
    }

    /**
     * All that a scan finds.
     *
     * @param failures hears of what cannot be read
     */
    static SortInput of(SourceScan scan, Failures failures) {
        ScanAhead files = new ScanAhead(scan, failures);
        return new SortInput() {
            @Override
            public Planner.@Nullable Wish next() throws IOException {
                SourceFile file = files.next();
                return file == null ? null : new Planner.Wish(file, null, false);
            }

            @Override
            public long files() {
                return scan.files();
            }

            @Override
            public int links() {
                return scan.links();
            }

            @Override
            public int specials() {
                return scan.specials();
            }

            @Override
            public List<String> repositories() {
                return scan.repositories();
            }

            @Override
            public void close() throws IOException {
                files.close();
            }
        };
    }
}
