package dev.procession.plugin.bundle;

import dev.procession.plugin.bundle.publish.OutputClaims;
import dev.procession.plugin.bundle.publish.Staging;
import dev.procession.plugin.bundle.record.BuildRecord;
import dev.procession.plugin.bundle.record.RecordFile;
import dev.procession.plugin.bundle.request.BundleRequest;
import dev.procession.plugin.output.Manifest;
import dev.procession.plugin.output.OutputPlaces;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.report.Shown;
import dev.procession.plugin.work.FileName;
import dev.procession.plugin.work.FileTree;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
                if (Files.isRegularFile(file)) {
                    (there.contains(FileName.decoded(stem(file))) ? staying : gone).add(file);
                }
            }
        }
        if (gone.isEmpty()) {
            return;
        }
        List<BuildRecord.Bundle> kept = new ArrayList<>();
        for (Path file : staying) {
            Optional<BuildRecord> record = new RecordFile(file).whole();
            if (record.isEmpty()) {
                log.debug(FileName.shown(file) + " is damaged: what it may have is not removed before it is made anew");
                return;
            }
            kept.addAll(record.get().bundles());
        }
        for (Path file : gone) {
            remove(file, kept);
        }
    }

    private void remove(Path file, List<BuildRecord.Bundle> kept) throws IOException {
        Path reports = file.resolveSibling(stem(file));
        String name = Shown.text(FileName.decoded(stem(file)));
        Optional<BuildRecord> old = new RecordFile(file).whole();
        Manifest manifest =
                new Manifest(new OutputPlaces(request.outputDirectory(), request.buildDirectory(), reports, null));
        try (Staging staging = new Staging(request.ownDirectory().resolve("staging"))) {
            // First of all, while its shares are there: a manifest never names what is not there, whoever is killed.
            manifest.publishWithoutOwn(staging);
            if (old.isPresent()) {
                Retirement retirement = new Retirement(request, new OutputClaims(request.claims()), log);
                retirement.retire(old.get(), kept, true);
                retirement.retire(old.get(), kept, false);
                // Once more, should another build have read the shares in between.
                manifest.publish(staging);
                log.debug("execution " + name + " is no longer there; what it wrote is removed");
            } else {
                FileTree.remove(reports);
                log.warn("execution " + name + " is no longer there, and the record of what it wrote is damaged: that"
                        + " stays in " + FileName.shown(request.buildDirectory()) + " until mvn clean removes it");
            }
        }
        Files.deleteIfExists(file.resolveSibling(stem(file) + ".look"));
        Files.deleteIfExists(file);
        try {
            Files.deleteIfExists(reports);
        } catch (DirectoryNotEmptyException e) {
            log.debug(FileName.shown(reports) + " stays, it holds files of others");
        }
    }

    private static String stem(Path record) {
        String name = String.valueOf(record.getFileName()); // encoded, so it is ASCII
        return name.substring(0, name.length() - RECORD.length());
    }
}
