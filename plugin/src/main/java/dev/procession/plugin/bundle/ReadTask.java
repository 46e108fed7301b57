package dev.procession.plugin.bundle;

import dev.procession.pool.PoolTask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads, checks and prepares some files: one unit of work for a worker process, or for the build's own JVM. The
 * answers stand in the order of the files.
 *
 * <p>Holds only strings: a path is no Serializable, and a file's name must mean the same under the worker's locale.
 */
final class ReadTask implements PoolTask<List<ReadOutcome>> {
    private static final long serialVersionUID = 1L;

    // An array: a List need not be serializable.
    private final String[] locations;
    private final String charset;
    private final boolean mapped;
    private final String name;

    ReadTask(String[] locations, String charset, boolean mapped, String name) {
        this.locations = locations;
        this.charset = charset;
        this.mapped = mapped;
        this.name = name;
    }

    @Override
    public List<ReadOutcome> call() throws IOException, InterruptedException {
        List<ReadOutcome> outcomes = new ArrayList<>(locations.length);
        try (ScriptReader reader = new ScriptReader(charset, mapped)) {
            for (String location : locations) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                outcomes.add(reader.read(location));
            }
        }
        return outcomes;
    }

    @Override
    public String toString() {
        return name;
    }
}
