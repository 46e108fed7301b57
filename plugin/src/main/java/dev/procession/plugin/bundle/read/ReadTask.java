package dev.procession.plugin.bundle.read;

import dev.procession.pool.PoolTask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * Reads, checks and prepares some files: one unit of work for a worker process, or for the build's own JVM. The
 * answers stand in the order of the files.
 *
 * <p>Holds only strings: a path is no Serializable, and a file's name must mean the same under the worker's locale.
 */
public final class ReadTask implements PoolTask<List<ReadOutcome>> {
    private static final long serialVersionUID = 1L;

    // An array: a List need not be serializable.
    private final String[] locations;
    private final String[] prefixes;
    private final String charset;
    private final EnumSet<ScriptReader.Wanted> wanted;
    private final String name;

    /**
     * @param prefixes for style sheets what their addresses need before them; none for scripts
     */
    public ReadTask(
            String[] locations, String[] prefixes, String charset, EnumSet<ScriptReader.Wanted> wanted, String name) {
        this.locations = locations;
        this.prefixes = prefixes;
        this.charset = charset;
        this.wanted = wanted;
        this.name = name;
    }

    @Override
    public List<ReadOutcome> call() throws IOException, InterruptedException {
        List<ReadOutcome> outcomes = new ArrayList<>(locations.length);
        try (ScriptReader reader = new ScriptReader(charset, wanted)) {
            for (int i = 0; i < locations.length; i++) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                outcomes.add(
                        prefixes.length == 0 ? reader.read(locations[i]) : reader.readStyle(locations[i], prefixes[i]));
            }
        }
        return outcomes;
    }

    @Override
    public String toString() {
        return name;
    }
}
