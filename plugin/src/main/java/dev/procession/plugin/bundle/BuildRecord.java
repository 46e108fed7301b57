package dev.procession.plugin.bundle;

import java.util.List;
import java.util.Optional;

/**
 * What an execution did last time.
 *
 * @param startedNanos when it began, since the epoch, before it looked at any file
 * @param bundles in the order of the configuration
 */
record BuildRecord(long startedNanos, List<Bundle> bundles) {
    static final BuildRecord NONE = new BuildRecord(Long.MIN_VALUE, List.of());

    /**
     * @param output its file below the build directory: what tells one bundle from another
     * @param fingerprint of its configuration
     * @param inputs in the order of the bundle
     * @param searched the directories whose names matter, their sum instead of a content's; and what was not there
     * @param outputs the bundle and its map
     */
    record Bundle(
            String output,
            String fingerprint,
            List<FileState> inputs,
            List<FileState> searched,
            List<FileState> outputs) {
        Bundle(String output, String fingerprint, List<FileState> inputs, List<FileState> outputs) {
            this(output, fingerprint, inputs, List.of(), outputs);
        }

        Bundle {
            searched = List.copyOf(searched);
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
        }
    }

    BuildRecord {
        bundles = List.copyOf(bundles);
    }

    Optional<Bundle> bundle(String output) {
        return bundles.stream().filter(bundle -> bundle.output().equals(output)).findFirst();
    }
}
