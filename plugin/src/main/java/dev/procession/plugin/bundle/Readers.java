package dev.procession.plugin.bundle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Those who run the tasks: worker processes, or this JVM. */
interface Readers extends AutoCloseable {

    /**
     * Runs the tasks and waits for all.
     *
     * @return what each file gave, in the order of the tasks and of the files in them
     * @throws IOException when a task cannot be finished by anybody
     */
    List<ReadOutcome> read(List<ReadTask> tasks) throws IOException, InterruptedException;

    @Override
    void close();

    /** Runs the tasks here, one after the other. */
    static Readers here() {
        return new Readers() {
            @Override
            public List<ReadOutcome> read(List<ReadTask> tasks) throws IOException, InterruptedException {
                List<ReadOutcome> outcomes = new ArrayList<>();
                for (ReadTask task : tasks) {
                    outcomes.addAll(task.call());
                }
                return outcomes;
            }

            @Override
            public void close() {}
        };
    }
}
