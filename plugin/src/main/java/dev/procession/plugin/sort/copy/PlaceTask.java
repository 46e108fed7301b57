package dev.procession.plugin.sort.copy;

import dev.procession.plugin.sort.journal.How;
import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.output.OwnPlaces;
import dev.procession.plugin.sort.output.WorkersLock;
import dev.procession.pool.PoolTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Places a batch of files: one unit of work for a worker process, or for a thread of the build's own JVM. The outcomes
 * stand in the order of the jobs. Harmless when it runs twice.
 *
 * <p>Holds raw names: a path is no Serializable, and a file's name must mean the same under the worker's locale.
 */
public final class PlaceTask implements PoolTask<List<PlaceOutcome>> {
    private static final long serialVersionUID = 1L;

    private final PlaceRules rules;
    /** Not so in another process, which may outlive this one for a moment: there it has its initial value. */
    private final transient boolean here;

    // An array: a List need not be serializable.
    private final PlaceJob[] jobs;

    public PlaceTask(PlaceRules rules, List<PlaceJob> jobs) {
        this.rules = rules;
        this.here = true;
        this.jobs = jobs.toArray(PlaceJob[]::new);
    }

    @Override
    public List<PlaceOutcome> call() throws IOException, InterruptedException {
        if (here) {
            return place();
        }
        Path run = RawName.absolute(rules.run());
        OwnPlaces own = new OwnPlaces(RawName.resolve(RawName.absolute(rules.output()), OwnPlaces.NAME));
        try (WorkersLock shared = WorkersLock.share(own, run)) {
            shared.check();
            return place();
        }
    }

    private List<PlaceOutcome> place() throws IOException, InterruptedException {
        Placer placer = new Placer(rules, ClonedBatch.of(rules, jobs));
        List<PlaceOutcome> outcomes = new ArrayList<>(jobs.length);
        for (PlaceJob job : jobs) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            outcomes.add(placer.place(job));
        }
        new SourceRemoval(rules).remove(jobs, outcomes);
        return outcomes;
    }

    @Override
    public String toString() {
        String verb = jobs[0].how() == How.MOVED ? "move " : "copy ";
        String first = verb + RawName.shown(jobs[0].source());
        return jobs.length == 1
                ? first
                : verb + jobs.length + " files, " + RawName.shown(jobs[0].source()) + " to "
                        + RawName.shown(jobs[jobs.length - 1].source());
    }
}
