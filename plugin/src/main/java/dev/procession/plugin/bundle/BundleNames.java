package dev.procession.plugin.bundle;

import dev.procession.plugin.bundle.request.Problems;
import dev.procession.plugin.work.FileName;
import java.util.HashMap;
import java.util.Map;

/** Names of bundles that properties, reports and the manifest can tell apart. */
final class BundleNames {
    /** Reports are called by them, and file systems take 255 bytes. */
    private static final int MOST_BYTES = 200;

    private final Problems problems;
    private final Map<String, String> owners = new HashMap<>();

    BundleNames(Problems problems) {
        this.problems = problems;
    }

    void check(String id, String label, String owner) {
        int bytes = FileName.encoded(id).replace("/", "%2F").length();
        if (bytes > MOST_BYTES) {
            problems.add(
                    "name",
                    null,
                    label.substring(0, Math.min(label.length(), 40)) + "...",
                    "has " + bytes + " bytes, too many for the names of its reports; shorten it to " + MOST_BYTES);
        }
        String first = owners.putIfAbsent(id, owner);
        if (first != null) {
            problems.add(
                    "name",
                    null,
                    label,
                    "must differ from that of " + first
                            + ": properties, reports and the manifest know both by it; give each a <name> of its own");
        }
    }
}
