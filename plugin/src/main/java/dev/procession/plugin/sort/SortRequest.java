package dev.procession.plugin.sort;

import dev.procession.plugin.sort.name.RawName;
import dev.procession.plugin.sort.plan.PlanFile;
import dev.procession.plugin.sort.settings.LayoutOptions;
import dev.procession.plugin.sort.settings.SortOptions;
import dev.procession.plugin.work.WorkerCode;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What {@code sort-files} is asked to do, as the user typed it: the engine checks it, since only the engine knows all
 * rules.
 *
 * @param source the directory whose files are to be sorted, or null when nothing was said
 * @param output the directory that gets one folder for each extension, or null when nothing was said
 * @param baseDirectory what {@code source} and {@code output} are relative to
 * @param displayDirectory what paths in the log are relative to, so that a user finds them
 * @param workers {@code auto} or a number of child processes
 * @param failOnError whether entries that could not be sorted fail the run at its end, rather than being warned of
 * @param options how it is done
 * @param layout which files are sorted, where to, and what they are called there
 * @param surroundings what the build gives to a run
 * @param workerCode what child processes run, and where this machine keeps what makes them start faster
 */
public record SortRequest(
        @Nullable String source,
        @Nullable String output,
        Path baseDirectory,
        Path displayDirectory,
        String workers,
        boolean failOnError,
        SortOptions options,
        LayoutOptions layout,
        Surroundings surroundings,
        WorkerCode workerCode) {

    /** Makes the directories absolute. */
    public SortRequest {
        baseDirectory = baseDirectory.toAbsolutePath().normalize();
        displayDirectory = displayDirectory.toAbsolutePath().normalize();
    }

    /** The request with what a plan says of itself: how, and from where to where if the user has not said so. */
    SortRequest replaying(PlanFile plan) throws IOException {
        String from = plan.head("source");
        String into = plan.head("output");
        String mode = plan.head("mode");
        return new SortRequest(
                source == null && !from.isEmpty() ? RawName.unicode(from).orElse(null) : source,
                output == null && !into.isEmpty() ? RawName.unicode(into).orElse(null) : output,
                baseDirectory,
                displayDirectory,
                workers,
                failOnError,
                mode.isEmpty() ? options : options.with(mode),
                layout,
                surroundings,
                workerCode);
    }
}
