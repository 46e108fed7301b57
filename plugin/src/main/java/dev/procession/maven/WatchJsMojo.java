package dev.procession.maven;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.watch.LiveServer;
import dev.procession.plugin.watch.WatchLoop;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Makes the bundles of all {@code bundle-js} executions of the project, or of all projects of a reactor, again and again:
 * whenever a source changed, until it is ended by Ctrl-C. Serves them, and the pages beside them, to browsers on this
 * machine, which load them again after each build. Nothing is made small unless a bundle itself says so,
 * so that the code can be read.
 */
@Mojo(
        name = "watch-js",
        requiresDependencyResolution = ResolutionScope.COMPILE_PLUS_RUNTIME,
        aggregator = true,
        threadSafe = true)
public final class WatchJsMojo extends AbstractProcessionMojo {

    /** Whether what is built is served. */
    @Parameter(property = "procession.watch-js.serve", defaultValue = "true")
    private @Nullable String serve;

    /** Where it is served, on the loopback address; 0 takes any free port. */
    @Parameter(property = "procession.watch-js.port", defaultValue = "8420")
    private @Nullable String port;

    /**
     * Further directories that are served, after the output directories, {@code src/main/webapp},
     * {@code src/main/resources/META-INF/resources} and {@code src/main/resources/static}.
     */
    @Parameter(property = "procession.watch-js.directories")
    private @Nullable List<File> directories;

    /**
     * The page that is served where a browser goes to an address that has no file, such as {@code index.html}: for
     * applications that read the address themselves (the history API). Without it, the answer is 404.
     */
    @Parameter(property = "procession.watch-js.fallback")
    private @Nullable String fallback;

    /** Leaves this goal out. */
    @Parameter(property = "procession.watch-js.skip", defaultValue = "false")
    private @Nullable String skip;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private @Nullable MavenSession session;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private @Nullable MojoExecution execution;

    private final ConfiguredBundles configured;

    /**
     * Made by Maven, which then fills the fields.
     *
     * @param configured finds what the projects' poms say of {@code bundle-js}
     */
    @Inject
    public WatchJsMojo(ConfiguredBundles configured) {
        this.configured = configured;
    }

    @Override
    @Nullable
    String skip() {
        return skip;
    }

    @Override
    void run(BuildLog log) throws IOException, InterruptedException {
        boolean serving = isTrue("serve", serve, true);
        int wanted = LiveServer.port(port);
        MavenSession build = Objects.requireNonNull(session);
        List<BundleJsMojo> goals = configured.of(build, Objects.requireNonNull(execution));
        WatchedBundles bundles = new WatchedBundles(goals, ChangedPoms.of(build.getProjects()), log);
        if (!serving) {
            log.info("watching; end it with Ctrl-C");
            new WatchLoop(bundles, new Silent(), log).run();
            return;
        }
        List<Path> roots = new ArrayList<>(bundles.outputs());
        build.getProjects().forEach(project -> roots.addAll(new ProjectLayout(project).pageDirectories()));
        Objects.requireNonNullElse(directories, List.<File>of()).forEach(each -> roots.add(each.toPath()));
        try (LiveServer server = LiveServer.start(wanted, roots, page(fallback))) {
            log.info("watching, and serving at " + server.address() + "; end it with Ctrl-C");
            new WatchLoop(bundles, server, log).run();
        }
    }

    /** As it is below what is served; null for none. */
    private static @Nullable String page(@Nullable String typed) {
        String page = typed == null ? "" : typed.trim().replaceFirst("^/+", "");
        return page.isEmpty() ? null : page;
    }

    /** Nobody listens. */
    private static final class Silent implements WatchLoop.Listener {
        @Override
        public void built() {}

        @Override
        public void failed(String problem) {}
    }
}
