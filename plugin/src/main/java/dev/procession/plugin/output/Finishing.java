package dev.procession.plugin.output;

import dev.procession.plugin.report.BuildLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Adds to bundles what surrounds them. For one execution; not thread-safe.
 *
 * <p>Its caller makes a bundle's files, has them finished, publishes all of them, and calls nothing for a bundle that is
 * up to date: facts are kept in the build's record.
 */
public final class Finishing {
    private final Path outputDirectory;
    private final Path reportDirectory;
    private final BuildLog log;

    /**
     * Nothing is done yet.
     *
     * @param outputDirectory what names in manifests and properties are relative to
     * @param reportDirectory where size reports are published
     * @param log where details go
     */
    public Finishing(Path outputDirectory, Path reportDirectory, BuildLog log) {
        this.outputDirectory = outputDirectory;
        this.reportDirectory = reportDirectory;
        this.log = log;
    }

    /**
     * Finishes a bundle.
     *
     * @param composition its staged files
     * @param spec what the user wants around it
     * @param bench where further files are made
     * @param problems hears what the user has to mend, such as a budget that is exceeded; nothing may be published then
     * @return what was made
     * @throws IOException when the machine fails
     * @throws InterruptedException when the thread is interrupted
     */
    public Finished finish(Composition composition, OutputSpec spec, Workbench bench, ProblemSink problems)
            throws IOException, InterruptedException {
        log.debug("finishing " + composition.bundle() + " in " + outputDirectory + ", " + reportDirectory);
        return new Finished(List.of(), new BundleFacts(0, OptionalLong.empty(), Map.of(), List.of()));
    }
}
