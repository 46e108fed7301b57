package dev.procession.plugin.bundle;

import dev.procession.plugin.output.BundleFacts;
import dev.procession.plugin.output.Finished;
import dev.procession.plugin.report.Amount;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a run did.
 *
 * @param written how many bundles were written
 * @param current how many were up to date
 * @param files how many files are in the written bundles, what they share counted once; in all, when none was written
 * @param bytes how large those files are
 * @param workers how many child processes read, 0 for none
 * @param nanos how long it took
 * @param place the bundle's file, or the directory that holds all of them
 * @param shownPlace the same as the log shows it
 * @param sizes how large what was written is
 * @param properties what pages and later goals are told of all bundles, names without prefix
 */
public record BundleResult(
        int written,
        int current,
        int files,
        long bytes,
        int workers,
        long nanos,
        Path place,
        String shownPlace,
        Sizes sizes,
        Map<String, String> properties) {

    /**
     * How large what was written is; a file that bundles share counts once.
     *
     * @param bytes scripts, styles and assets; without maps
     * @param gzipBytes the same compressed by gzip; empty when it was not measured of all bundles
     */
    public record Sizes(long bytes, OptionalLong gzipBytes) {
        static Sizes of(List<Finished> bundles) {
            Map<String, BundleFacts.Size> files = new HashMap<>();
            boolean known = !bundles.isEmpty();
            for (Finished bundle : bundles) {
                known &= bundle.facts().gzipKnown();
                files.putAll(bundle.facts().files());
            }
            long bytes = 0;
            long gzip = 0;
            for (BundleFacts.Size file : files.values()) {
                bytes += file.bytes();
                gzip += file.gzipBytes();
            }
            return new Sizes(bytes, known ? OptionalLong.of(gzip) : OptionalLong.empty());
        }

        private String text() {
            return gzipBytes.isEmpty()
                    ? ""
                    : " (" + Amount.bytes(bytes) + ", " + Amount.bytes(gzipBytes.getAsLong()) + " gzip)";
        }
    }

    /**
     * The line that tells the user.
     *
     * @return the line that tells the user
     */
    public String summary() {
        String what = Amount.of(files, "file") + " (" + Amount.bytes(bytes) + ")";
        if (written == 0) {
            return what + " in " + Amount.of(current, "bundle") + " up to date: " + shownPlace;
        }
        return "bundled " + what + " into " + Amount.of(written, "bundle")
                + sizes.text()
                + (workers == 0 ? "" : " with " + Amount.of(workers, "worker"))
                + " in " + Amount.seconds(nanos)
                + (current == 0 ? "" : ", " + current + " more up to date")
                + ": " + shownPlace;
    }
}
