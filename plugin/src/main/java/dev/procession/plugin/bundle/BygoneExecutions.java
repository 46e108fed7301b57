package dev.procession.plugin.bundle;

import dev.procession.plugin.bundle.publish.OutputClaims;
import dev.procession.plugin.bundle.publish.Staging;
import dev.procession.plugin.bundle.record.BuildRecord;
import dev.procession.plugin.bundle.record.RecordFile;
import dev.procession.plugin.bundle.request.BundleRequest;
import dev.procession.plugin.output.Manifest;
import dev.procession.plugin.output.OutputPlaces;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.work.FileName;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Removes the outputs of executions that the pom has no longer, or calls otherwise now. Whoever runs last would have done it
 * for a bundle of its own; of an execution that is gone nobody else knows.
 */
public final class BygoneExecutions {
    private static final String RECORD = ".txt";

    private final BundleRequest request;
    private final BuildLog log;

    /**
     * Nothing is looked at yet.
     *
     * @param request of an execution that has just run
     * @param log hears of each file that is removed
     */
    public BygoneExecutions(BundleRequest request, BuildLog log) {
        this.request = request;
        this.log = log;
    }

    /**
     * Removes what they wrote.
     *
     * @param there the names of the executions that there are
     * @throws IOException when the machine fails
     */
    public void remove(Set<String> there) throws IOException {
        Path records = request.ownDirectory().resolve("bundle-js");
        List<Path> gone = new ArrayList<>();
        List<Path> staying = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(records, "*" + RECORD)) {
            for (Path file : files) {
                (there.contains(FileName.decoded(stem(file))) ? staying : gone).add(file);
            }
        }
        if (gone.isEmpty()) {
            return;
        }
        List<BuildRecord.Bundle> kept = new ArrayList<>();
        for (Path file : staying) {
            kept.addAll(new RecordFile(file).read().bundles());
        }
        for (Path file : gone) {
            remove(file, kept);
        }
    }

    private void remove(Path file, List<BuildRecord.Bundle> kept) throws IOException {
        Path reports = file.resolveSibling(stem(file));
        BuildRecord old = new RecordFile(file).read();
        Retirement retirement = new Retirement(request, new OutputClaims(request.claims()), log);
        Manifest manifest =
                new Manifest(new OutputPlaces(request.outputDirectory(), request.buildDirectory(), reports, null));
        try (Staging staging = new Staging(request.ownDirectory().resolve("staging"))) {
            // In the same order as for a bundle that is gone: a manifest never names what is not there.
            retirement.retire(old, kept, true);
            manifest.publish(staging);
            retirement.retire(old, kept, false);
        }
        Files.deleteIfExists(reports.resolveSibling(stem(file) + ".look"));
        Files.deleteIfExists(file);
        try {
            Files.deleteIfExists(reports);
        } catch (DirectoryNotEmptyException e) {
            log.debug(FileName.shown(reports) + " stays, it holds files of others");
        }
        log.debug("execution " + FileName.decoded(stem(file)) + " is no longer there; what it wrote is removed");
    }

    private static String stem(Path record) {
        String name = FileName.unicode(record);
        return name.substring(name.lastIndexOf('/') + 1, name.length() - RECORD.length());
    }
}
