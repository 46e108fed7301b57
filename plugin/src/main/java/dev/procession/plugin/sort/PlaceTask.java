package dev.procession.plugin.sort;

import dev.procession.pool.PoolTask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Places a batch of files: one unit of work for a worker process, or for the build's own JVM. The outcomes stand in the
 * order of the jobs. Harmless when it runs twice.
 *
 * <p>Holds raw names: a path is no Serializable, and a file's name must mean the same under the worker's locale.
 */
final class PlaceTask implements PoolTask<List<PlaceOutcome>> {
    private static final long serialVersionUID = 1L;

    private final String source;
    private final String output;
    private final String run;
    private final Publishing publishing;
    // An array: a List need not be serializable.
    private final PlaceJob[] jobs;

    PlaceTask(String source, String output, String run, Publishing publishing, List<PlaceJob> jobs) {
        this.source = source;
        this.output = output;
        this.run = run;
        this.publishing = publishing;
        this.jobs = jobs.toArray(PlaceJob[]::new);
    }

    @Override
    public List<PlaceOutcome> call() throws IOException, InterruptedException {
        Placer placer =
                new Placer(RawName.absolute(source), RawName.absolute(output), RawName.absolute(run), publishing);
        List<PlaceOutcome> outcomes = new ArrayList<>(jobs.length);
        for (PlaceJob job : jobs) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            outcomes.add(placer.place(job));
        }
        return outcomes;
    }

    @Override
    public String toString() {
        String first = "copy " + RawName.shown(jobs[0].source());
        return jobs.length == 1
                ? first
                : "copy " + jobs.length + " files, " + RawName.shown(jobs[0].source()) + " to "
                        + RawName.shown(jobs[jobs.length - 1].source());
    }
}
