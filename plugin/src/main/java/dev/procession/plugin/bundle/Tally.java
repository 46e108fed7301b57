package dev.procession.plugin.bundle;

import dev.procession.plugin.bundle.input.Input;
import dev.procession.plugin.bundle.join.BundlePlan;
import dev.procession.plugin.bundle.publish.HashedName;
import dev.procession.plugin.bundle.record.BuildRecord;
import dev.procession.plugin.bundle.record.FileState;
import dev.procession.plugin.bundle.request.BundleRequest;
import dev.procession.plugin.work.FileName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the reader is told of bundles: each file that went in once, however many of them share it, and where they are. */
final class Tally {
    /** What belongs to a file rather than to a page. */
    private static final List<String> BESIDE = List.of(".map", ".gz", ".br", ".LEGAL.txt");

    private final BundleRequest request;
    private final Map<String, Long> taken = new HashMap<>();
    private final List<Path> outputs = new ArrayList<>();

    Tally(BundleRequest request) {
        this.request = request;
    }

    /** Adds a bundle of joined files, which is its first output to the reader. */
    void add(BundlePlan plan, BuildRecord.Bundle made) {
        for (Input input : plan.inputs()) {
            taken.put(input.name(), input.size());
        }
        List<Path> files = new ArrayList<>();
        for (FileState state : made.outputs()) {
            files.add(file(state));
        }
        outputs.add(HashedName.among(plan.output(), files));
    }

    /** Adds a bundle of modules. */
    void add(BuildRecord.Bundle made) {
        taken.putAll(made.taken());
        for (FileState state : made.outputs()) {
            Path file = file(state);
            String name = FileName.unicode(file);
            // Reports lie elsewhere.
            if (file.startsWith(request.outputDirectory()) && !isBeside(name)) {
                outputs.add(file);
            }
        }
    }

    private static boolean isBeside(String name) {
        for (String ending : BESIDE) {
            if (name.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }

    private Path file(FileState state) {
        return FileName.resolve(request.buildDirectory(), state.name());
    }

    int files() {
        return taken.size();
    }

    long bytes() {
        long bytes = 0;
        for (long each : taken.values()) {
            bytes += each;
        }
        return bytes;
    }

    /** The one output, or the directory that holds all of them. */
    Path place() {
        Path place = outputs.isEmpty() ? request.outputDirectory() : outputs.get(0);
        for (Path output : outputs) {
            place = common(place, output);
        }
        return place;
    }

    private static Path common(Path place, Path output) {
        @Nullable Path common = place;
        while (common != null && !output.startsWith(common)) {
            common = common.getParent();
        }
        return common == null ? place : common;
    }
}
