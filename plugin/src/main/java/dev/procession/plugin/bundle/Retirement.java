package dev.procession.plugin.bundle;

import dev.procession.plugin.bundle.publish.OutputClaims;
import dev.procession.plugin.bundle.record.BuildRecord;
import dev.procession.plugin.bundle.record.FileState;
import dev.procession.plugin.bundle.record.Freshness;
import dev.procession.plugin.bundle.request.BundleRequest;
import dev.procession.plugin.report.BuildLog;
import dev.procession.plugin.work.FileName;
import dev.procession.plugin.work.FileStat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Removes what an earlier run wrote and nobody would write now, unless somebody changed it since. */
final class Retirement {
    private final BundleRequest request;
    private final OutputClaims claims;
    private final BuildLog log;

    Retirement(BundleRequest request, OutputClaims claims, BuildLog log) {
        this.request = request;
        this.claims = claims;
        this.log = log;
    }

    /**
     * Removes files.
     *
     * @param old what that run wrote
     * @param bundles what there is now
     * @param own whether it is what this plugin keeps for itself, such as the shares of manifests, or what pages load
     * @return whether there was anything to remove
     */
    boolean retire(BuildRecord old, List<BuildRecord.Bundle> bundles, boolean own) throws IOException {
        Set<String> kept = new HashSet<>();
        for (BuildRecord.Bundle bundle : bundles) {
            for (FileState state : bundle.outputs()) {
                kept.add(state.name());
            }
        }
        boolean any = false;
        try (Freshness freshness = new Freshness(false, old.startedNanos(), old.startedNanos())) {
            for (BuildRecord.Bundle bundle : old.bundles()) {
                for (FileState state : bundle.outputs()) {
                    Path file = FileName.resolve(request.buildDirectory(), state.name());
                    if (file.startsWith(request.ownDirectory()) != own
                            || kept.contains(state.name())
                            || claims.isClaimed(file)
                            || !file.startsWith(request.buildDirectory())) {
                        continue;
                    }
                    any = true;
                    try {
                        FileStat now = FileStat.of(file);
                        // With the same bytes a file may be another one's: of resources, which are copied before.
                        boolean again =
                                now.modifiedNanos() > Math.max(state.stat().modifiedNanos(), bundle.seenNanos());
                        if (!again && freshness.isUntouched(state, file, now, bundle.seenNanos())) {
                            Files.deleteIfExists(file);
                            log.debug("removed " + FileName.shown(file) + ", no bundle writes it any more");
                        }
                    } catch (NoSuchFileException | NotDirectoryException e) {
                        log.debug("already gone: " + FileName.shown(file));
                    }
                }
            }
        }
        return any;
    }
}
