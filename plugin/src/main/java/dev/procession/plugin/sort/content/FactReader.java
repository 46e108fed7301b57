package dev.procession.plugin.sort.content;

import dev.procession.plugin.sort.failure.SortFailedException;
import dev.procession.plugin.sort.layout.FileFacts;
import dev.procession.plugin.sort.scan.SourceFile;
import java.io.IOException;
import java.util.Collections;
import java.util.List;

/**
 * Finds out about files what their names do not say. For one thread. Asked only for files that an earlier run has not
 * placed; some hundreds at a time are a good number. Starts nothing before it is asked; closing ends what was started.
 */
public interface FactReader extends AutoCloseable {

    /** For layouts that need no facts. */
    FactReader NONE = files -> Collections.nCopies(files.size(), FileFacts.NONE);

    /**
     * The facts of some files, in their order. A file that cannot be read, or that kills who reads it, has
     * {@link FileFacts#NONE}, and a warning says so.
     *
     * @throws SortFailedException when the user has to mend something first, such as a library that cannot be fetched
     */
    List<FileFacts> read(List<SourceFile> files) throws IOException, InterruptedException;

    @Override
    default void close() {}
}
