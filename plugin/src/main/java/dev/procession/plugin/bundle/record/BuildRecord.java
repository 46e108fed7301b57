package dev.procession.plugin.bundle.record;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an execution did last time.
 *
 * @param startedNanos when it began, since the epoch, before it looked at any file
 * @param bundles in the order of the configuration
 */
public record BuildRecord(long startedNanos, List<Bundle> bundles) {
    /** No bundle is called so: each is called as a file. */
    private static final String PENDING = "/";

    static final BuildRecord NONE = new BuildRecord(Long.MIN_VALUE, List.of());

    /**
     * What is remembered of one bundle.
     *
     * @param output its file below the build directory: what tells one bundle from another
     * @param fingerprint of its configuration
     * @param seenNanos a time before its outputs were looked at for this record, since the epoch
     * @param taken what the reader is told of what went into a bundle of modules: the names of files, and how large they
     *     are. Not the inputs: those leave out what packages hold, and have files that only steer. Nothing for joined
     *     files, of which the configuration tells
     * @param inputs in the order of the bundle
     * @param searched the directories whose names matter, their sum instead of a content's; and what was not there
     * @param found files that were looked for on the way, such as the source maps of inputs; with those that were not
     *     there
     * @param outputs the bundle and all that surrounds it
     * @param properties what pages and later goals are told of it
     */
    public record Bundle(
            String output,
            String fingerprint,
            long seenNanos,
            Map<String, Long> taken,
            List<FileState> inputs,
            List<FileState> searched,
            List<FileState> found,
            List<FileState> outputs,
            Map<String, String> properties) {
        public Bundle {
            taken = Collections.unmodifiableMap(new LinkedHashMap<>(taken));
            searched = List.copyOf(searched);
            inputs = List.copyOf(inputs);
            found = List.copyOf(found);
            outputs = List.copyOf(outputs);
            properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        }
    }

    public BuildRecord {
        bundles = List.copyOf(bundles);
    }

    /**
     * This record, and files that are about to be published: a build that ends in the middle of that leaves files that
     * nothing else knows of, since their names may have hashes in them. They belong to no bundle, so the next build that
     * ends well removes those that it would not write itself.
     *
     * @param seenNanos a time before the files were looked at
     * @param files what they look like
     */
    public BuildRecord withPending(long seenNanos, Collection<FileState> files) {
        List<Bundle> more = new ArrayList<>(bundles);
        more.add(new Bundle(
                PENDING, "-", seenNanos, Map.of(), List.of(), List.of(), List.of(), List.copyOf(files), Map.of()));
        return new BuildRecord(startedNanos, more);
    }

    public Optional<Bundle> bundle(String output) {
        for (Bundle bundle : bundles) {
            if (bundle.output().equals(output)) {
                return Optional.of(bundle);
            }
        }
        return Optional.empty();
    }
}
