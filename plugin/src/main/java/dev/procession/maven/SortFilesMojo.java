package dev.procession.maven;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.sort.FileSorter;
import dev.procession.plugin.sort.SortOptions;
import dev.procession.plugin.sort.SortRequest;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Copies, moves or links the files of a tree into folders, and loses none: files of equal names are both kept. Runs in a
 * build, and in any directory without a project. A second run places only what is new or changed. Each run can be undone
 * with {@code undo-sort}.
 */
@Mojo(name = "sort-files", defaultPhase = LifecyclePhase.PREPARE_PACKAGE, requiresProject = false, threadSafe = true)
public final class SortFilesMojo extends AbstractProcessionMojo {

    /**
     * The directory whose files are to be sorted, with all directories in it; nothing in it is changed. Needed. A
     * relative path is relative to the project's directory, or without a project to the working directory.
     */
    @Parameter(property = "procession.sort.source")
    private @Nullable String source;

    /**
     * The directory that gets a folder for each extension. Needed; made when it is missing. May lie inside the source,
     * and is left out of it then. A relative path is relative to the project's directory, or without a project to the
     * working directory.
     */
    @Parameter(property = "procession.sort.output")
    private @Nullable String output;

    /**
     * How files get into the output: {@code copy}; {@code move}, by a rename or, across file systems, by a copy that is
     * forced to the disk and read again before the source is deleted; {@code hardlink}, as a second name; {@code reflink},
     * as a clone that shares its blocks, on file systems such as btrfs and xfs; {@code auto}, as a clone where that is
     * possible and as a copy elsewhere. The result says what was done.
     */
    @Parameter(property = "procession.sort.mode", defaultValue = "copy")
    private @Nullable String mode;

    /**
     * What is done with a file whose name is taken: {@code rename}, it gets a number; {@code skip}, it is left where it is;
     * {@code overwrite}, what has the name is kept aside until the run is forgotten; {@code fail}, nothing at all is done;
     * {@code dedupe}, of files with the same content only the first is placed, and other collisions are renamed.
     */
    @Parameter(property = "procession.sort.collisions", defaultValue = "rename")
    private @Nullable String collisions;

    /**
     * What copies keep of their sources beside time and permissions: {@code owner}, {@code xattrs}, and {@code acl} on
     * Windows. Refused where a file system has no such thing.
     */
    @Parameter(property = "procession.sort.keep")
    private @Nullable List<String> keep;

    /** Whether copies whose source has gone are taken out of the output; they are kept aside until the run is forgotten. */
    @Parameter(property = "procession.sort.prune", defaultValue = "false")
    private boolean prune;

    /** Whether a move may empty the root of a file system, your home directory, or repositories. */
    @Parameter(property = "procession.sort.force", defaultValue = "false")
    private boolean force;

    /** Whether only the plan is written: a file that can be read, edited and carried out with {@code replay}. */
    @Parameter(property = "procession.sort.dryRun", defaultValue = "false")
    private boolean dryRun;

    /**
     * Where {@code dryRun} writes the plan. The default is {@code sort-files-plan.txt} in {@code target/procession}, or
     * without a project in {@code procession-out}.
     */
    @Parameter(property = "procession.sort.plan")
    private @Nullable String plan;

    /**
     * A plan that is carried out, in the place of what the source holds. Source, output and mode are the plan's if they are
     * not given. Each line is looked at again: what has changed since is refused.
     */
    @Parameter(property = "procession.sort.replay")
    private @Nullable String replay;

    /** How many runs can be undone: {@code all}, or a number; older ones are forgotten, and what they kept aside goes. */
    @Parameter(property = "procession.sort.keepRuns", defaultValue = "all")
    private @Nullable String keepRuns;

    /** How many child processes copy: {@code auto}, 0 for the build's own JVM, or a number up to 256. */
    @Parameter(property = "procession.workers", defaultValue = "auto")
    private @Nullable String workers;

    /**
     * Whether the build fails, at the end of the run, when entries could not be sorted. All others are sorted either
     * way, and each that was not is listed.
     */
    @Parameter(property = "procession.sort-files.failOnError", defaultValue = "true")
    private boolean failOnError;

    /** Leaves this goal out. */
    @Parameter(property = "procession.sort-files.skip", defaultValue = "false")
    private boolean skip;

    @Parameter(defaultValue = "${project}", readonly = true)
    private @Nullable MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private @Nullable MavenSession session;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private @Nullable MojoExecution execution;

    /** Made by Maven, field by field. */
    public SortFilesMojo() {}

    @Override
    boolean isSkipped() {
        return skip;
    }

    @Override
    void run(BuildLog log) throws IOException, InterruptedException {
        WorkingPlace place = new WorkingPlace(project, Objects.requireNonNull(session));
        SortRequest request = new SortRequest(
                source,
                output,
                place.baseDirectory(),
                place.topDirectory(),
                Objects.requireNonNullElse(workers, "auto"),
                failOnError,
                options(place),
                PluginCode.of(Objects.requireNonNull(execution)).forWorkers(cacheDirectory()));
        log.info(new FileSorter(request, log).run().summary());
    }

    private SortOptions options(WorkingPlace place) {
        String plan = this.plan;
        return new SortOptions(
                Objects.requireNonNullElse(mode, "copy"),
                Objects.requireNonNullElse(collisions, "rename"),
                Objects.requireNonNullElse(keep, List.of()),
                prune,
                force,
                dryRun,
                plan == null ? place.reportDirectory().resolve("sort-files-plan.txt").toString() : plan,
                replay,
                Objects.requireNonNullElse(keepRuns, "all"));
    }
}
