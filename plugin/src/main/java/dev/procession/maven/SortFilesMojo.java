package dev.procession.maven;

import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.sort.ExtraFetch;
import dev.procession.plugin.sort.FileSorter;
import dev.procession.plugin.sort.SortRequest;
import dev.procession.plugin.sort.Surroundings;
import dev.procession.plugin.sort.settings.LayoutOptions;
import dev.procession.plugin.sort.settings.SortOptions;
import dev.procession.plugin.work.Recording;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * Copies, moves or links the files of a tree into folders, by extension, category, content, or as a template says, and
 * loses none: files of equal names are both kept. Runs in a build, and in any directory without a project. A second run
 * places only what is new or changed. Each run can be undone with {@code undo-sort}.
 */
@Mojo(name = "sort-files", defaultPhase = LifecyclePhase.PREPARE_PACKAGE, requiresProject = false, threadSafe = true)
public final class SortFilesMojo extends AbstractProcessionMojo {

    /**
     * The directory whose files are to be sorted, with all directories in it; nothing in it is changed unless the
     * mode is move. Needed. A relative path is relative to the project's directory, or without a project to the working
     * directory.
     */
    @Parameter(property = "procession.sort.source")
    private @Nullable String source;

    /**
     * The directory that gets the folders. Needed; made when it is missing. May lie inside the source,
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
    private @Nullable String prune;

    /** Whether a move may empty the root of a file system, your home directory, or repositories. */
    @Parameter(property = "procession.sort.force", defaultValue = "false")
    private @Nullable String force;

    /** Whether only the plan is written: a file that can be read, edited and carried out with {@code replay}. */
    @Parameter(property = "procession.sort.dryRun", defaultValue = "false")
    private @Nullable String dryRun;

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

    /**
     * How many child processes may work beside the threads of the build's own JVM: {@code auto}, 0 for none, or a number up
     * to 256. For copying they are started when that has taken a second and a minute or more is left.
     */
    @Parameter(property = "procession.workers", defaultValue = "auto")
    private @Nullable String workers;

    /**
     * Whether the build fails, at the end of the run, when entries could not be sorted. All others are sorted either
     * way, and each that was not is listed.
     */
    @Parameter(property = "procession.sort-files.failOnError", defaultValue = "true")
    private @Nullable String failOnError;

    /**
     * How the files are laid out: {@code extension} for a folder for each extension, {@code category} for images, documents,
     * audio and so on by the names, {@code content} for the same by what is in the files, or {@code template} for folders as
     * {@code <template>} has them. The default is {@code extension}, or {@code template} when there is a template.
     */
    @Parameter(property = "procession.sort.layout")
    private @Nullable String layout;

    /**
     * Folders for each file, such as <code>{category}/{year}</code>; there are also <code>{ext}</code>, <code>{month}</code>,
     * <code>{day}</code>, <code>{name}</code> and <code>{parent}</code>. When it ends with <code>.{ext}</code> its last part is
     * the name of the file.
     */
    @Parameter(property = "procession.sort.template")
    private @Nullable String template;

    /**
     * What the days in a template are: {@code taken} for the day on which a photo was taken, by its EXIF data, and of the last
     * change for other files; {@code modified} for that of the last change for all. Default: {@code taken}.
     */
    @Parameter(property = "procession.sort.dates")
    private @Nullable String dates;

    /**
     * Files with categories of your own, which win over those of the plugin. Each line has a category, a colon, and extensions:
     * {@code comics: cbz cbr}.
     */
    @Parameter(property = "procession.sort.categories")
    private @Nullable List<String> categories;

    /**
     * What becomes of names: {@code keep} leaves them byte for byte, {@code nfc} composes accented letters, {@code windows}
     * changes what Windows does not take, {@code transliterate} writes Ukrainian in Latin letters. Default: {@code keep}.
     */
    @Parameter(property = "procession.sort.names")
    private @Nullable String names;

    /** Globs relative to the source, such as <code>**&#47;*.jpg</code>: a file is sorted if it matches one. Without any all are. */
    @Parameter(property = "procession.sort.includes")
    private @Nullable List<String> includes;

    /** Globs relative to the source: a file that matches one is passed by. */
    @Parameter(property = "procession.sort.excludes")
    private @Nullable List<String> excludes;

    /** Only files of this size or more, such as {@code 10 kB} or {@code 1.5 GiB}. */
    @Parameter(property = "procession.sort.minSize")
    private @Nullable String minSize;

    /** Only files of this size or less. */
    @Parameter(property = "procession.sort.maxSize")
    private @Nullable String maxSize;

    /**
     * Only files that were last changed before: an age such as {@code 30d} (also min, h, w, m for months, y), or a day such as
     * {@code 2024-01-31}.
     */
    @Parameter(property = "procession.sort.olderThan")
    private @Nullable String olderThan;

    /** Only files that were last changed after: an age, or a day. */
    @Parameter(property = "procession.sort.newerThan")
    private @Nullable String newerThan;

    /** Whether hidden files, and those in hidden directories, are sorted. */
    @Parameter(property = "procession.sort.hidden", defaultValue = "true")
    private @Nullable String hidden;

    /**
     * What becomes of archives (zip, tar, 7z, gz and so on): {@code keep} sorts them like any file, {@code unpack} unpacks each
     * into a folder of its own beside it as well. Default: {@code keep}.
     */
    @Parameter(property = "procession.sort.archives")
    private @Nullable String archives;

    /** How many entries an archive may have; one with more is refused. Default: 100,000. */
    @Parameter(property = "procession.sort.archiveEntries")
    private @Nullable String archiveEntries;

    /** How much an archive may unpack to; one with more is refused. Default: 16 GiB. */
    @Parameter(property = "procession.sort.archiveSize")
    private @Nullable String archiveSize;

    /** How many times its own size an archive may unpack to; one with more is refused. Default: 250. */
    @Parameter(property = "procession.sort.archiveRatio")
    private @Nullable String archiveRatio;

    /** How deep archives in archives are unpacked. Default: 1, not at all. */
    @Parameter(property = "procession.sort.archiveNesting")
    private @Nullable String archiveNesting;

    /**
     * Libraries to be fetched in any case: {@code content}, {@code office}, {@code photos}, {@code archives} or {@code all}. They
     * are fetched when they are needed first; with this, and without a source, they are fetched ahead, for builds with
     * {@code -o}. With {@code office} the layout {@code content} tells more kinds of office files from each other.
     */
    @Parameter(property = "procession.sort.extras")
    private @Nullable List<String> extras;

    /**
     * Whether to draw what the workers do, as a page with a lane for each of them: {@code true} for
     * {@code timeline-sort-files.html} with the other reports of this plugin, or the path of a page or of a directory.
     */
    @Parameter(property = "procession.timeline")
    private @Nullable String timeline;

    /** Leaves this goal out. */
    @Parameter(property = "procession.sort-files.skip", defaultValue = "false")
    private @Nullable String skip;

    @Parameter(defaultValue = "${project}", readonly = true)
    private @Nullable MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private @Nullable MavenSession session;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private @Nullable MojoExecution execution;

    private final RepositorySystem repositories;

    /**
     * Made by Maven, which then fills the fields.
     *
     * @param repositories Maven's way to artifacts
     */
    @Inject
    public SortFilesMojo(RepositorySystem repositories) {
        this.repositories = repositories;
    }

    @Override
    @Nullable
    String skip() {
        return skip;
    }

    @Override
    void run(BuildLog log) throws IOException, InterruptedException {
        WorkingPlace place = new WorkingPlace(project, Objects.requireNonNull(session));
        MojoExecution here = Objects.requireNonNull(execution);
        TimelineReport.of(timeline, place.reportDirectory(), place.baseDirectory(), "sort-files", here.getExecutionId())
                .draw(log, recording -> sort(place, recording, log));
    }

    private void sort(WorkingPlace place, Recording recording, BuildLog log) throws IOException, InterruptedException {
        TypedMistakes mistakes = new TypedMistakes();
        SortRequest request = new SortRequest(
                source,
                output,
                place.baseDirectory(),
                place.topDirectory(),
                Objects.requireNonNullElse(workers, "auto"),
                mistakes.isTrue("failOnError", failOnError, true, null),
                options(place, mistakes),
                layoutOptions(mistakes),
                surroundings(place),
                PluginCode.of(Objects.requireNonNull(execution))
                        .forWorkers(cacheDirectory())
                        .recordedIn(recording));
        mistakes.throwIfAny();
        log.info(
                ExtraFetch.isAll(request)
                        ? new ExtraFetch(request).run()
                        : new FileSorter(request, log).run().summary());
    }

    private LayoutOptions layoutOptions(TypedMistakes mistakes) {
        return new LayoutOptions(
                layout,
                template,
                dates,
                orEmpty(categories),
                names,
                orEmpty(includes),
                orEmpty(excludes),
                minSize,
                maxSize,
                olderThan,
                newerThan,
                mistakes.isTrue("hidden", hidden, true, null),
                archives,
                archiveEntries,
                archiveSize,
                archiveRatio,
                archiveNesting,
                orEmpty(extras));
    }

    private Surroundings surroundings(WorkingPlace place) {
        MavenSession build = Objects.requireNonNull(session);
        return new Surroundings(
                new MavenExtraJars(repositories, build, place.projectOrStandIn()),
                place.reportDirectory(),
                Terminal.of(build, getLog()));
    }

    /** An empty element of a list is null. */
    private static List<String> orEmpty(@Nullable List<String> typed) {
        return typed == null
                ? List.of()
                : typed.stream().map(one -> one == null ? "" : one).toList();
    }

    private SortOptions options(WorkingPlace place, TypedMistakes mistakes) {
        String plan = this.plan;
        return new SortOptions(
                Objects.requireNonNullElse(mode, "copy"),
                Objects.requireNonNullElse(collisions, "rename"),
                orEmpty(keep),
                mistakes.isTrue("prune", prune, false, null),
                mistakes.isTrue("force", force, false, null),
                mistakes.isTrue("dryRun", dryRun, false, null),
                plan == null
                        ? place.reportDirectory().resolve("sort-files-plan.txt").toString()
                        : plan,
                replay,
                Objects.requireNonNullElse(keepRuns, "all"));
    }
}
