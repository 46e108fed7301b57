package dev.procession.maven;

import dev.procession.ProcessionException;
import dev.procession.plugin.bundle.BundleResult;
import dev.procession.plugin.bundle.ScriptBundler;
import dev.procession.plugin.bundle.request.BundleRequest;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.watch.Watched;
import dev.procession.plugin.work.Recording;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The bundles of several executions, made one after the other. */
final class WatchedBundles implements Watched {
    private final List<BundleJsMojo> goals;
    private final ChangedPoms poms;
    private final BuildLog log;

    WatchedBundles(List<BundleJsMojo> goals, ChangedPoms poms, BuildLog log) {
        this.goals = goals;
        this.poms = poms;
        this.log = log;
    }

    /** Where they are written. */
    List<Path> outputs() throws IOException {
        Set<Path> paths = new LinkedHashSet<>();
        for (BundleRequest request : requests()) {
            paths.add(request.outputDirectory());
        }
        return List.copyOf(paths);
    }

    @Override
    public List<Path> sources() throws IOException {
        Set<Path> paths = new LinkedHashSet<>();
        for (BundleRequest request : requests()) {
            paths.addAll(request.sourceDirectories());
        }
        return List.copyOf(paths);
    }

    private List<BundleRequest> requests() throws IOException {
        // Each round is a build of its own: what one round claimed, the next may write.
        ConcurrentHashMap<String, String> claims = new ConcurrentHashMap<>();
        List<BundleRequest> requests = new ArrayList<>();
        for (BundleJsMojo goal : goals) {
            requests.add(goal.request(claims, true, Recording.off(), log));
        }
        return requests;
    }

    @Override
    public Outcome build() throws IOException, InterruptedException {
        poms.tell(log);
        boolean built = false;
        List<String> problems = new ArrayList<>();
        List<String> summaries = new ArrayList<>();
        for (BundleRequest request : requests()) {
            try {
                BundleResult result = new ScriptBundler(request, log).run();
                built |= result.written() > 0;
                summaries.add(result.summary());
            } catch (ProcessionException e) {
                problems.add(String.valueOf(e.getMessage()));
            } catch (FileSystemException e) {
                throw new IOException(AbstractProcessionMojo.text(e), e);
            }
        }
        return new Outcome(
                built, String.join(System.lineSeparator(), problems), String.join(System.lineSeparator(), summaries));
    }
}
