package dev.procession.plugin.bundle;

import dev.procession.plugin.report.Amount;
import java.nio.file.Path;

/**
 * What a run did.
 *
 * @param written how many bundles were written
 * @param current how many were up to date
 * @param files how many files are in the written bundles; in all, when none was written
 * @param bytes how large those files are
 * @param workers how many child processes read, 0 for none
 * @param nanos how long it took
 * @param place the bundle's file, or the directory that holds all of them
 * @param shownPlace the same as the log shows it
 */
public record BundleResult(
        int written, int current, int files, long bytes, int workers, long nanos, Path place, String shownPlace) {

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
                + (workers == 0 ? "" : " with " + Amount.of(workers, "worker"))
                + " in " + Amount.seconds(nanos)
                + (current == 0 ? "" : ", " + current + " more up to date")
                + ": " + shownPlace;
    }
}
