package dev.procession.plugin.bundle;

import dev.procession.plugin.bundle.request.BundleRequest;
import dev.procession.plugin.bundle.request.OpenProperties;
import dev.procession.plugin.bundle.request.Problems;
import dev.procession.plugin.report.Shown;
import dev.procession.plugin.work.FileName;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Whether there is a manifest, and where. */
final class ManifestName {
    private static final String USUAL = "manifest.json";

    private ManifestName() {}

    /**
     * Decides it.
     *
     * @param hashed whether an output has a name that nobody knows ahead: then a manifest is written unless it is refused
     */
    static @Nullable Path of(BundleRequest request, boolean hashed, Problems problems) {
        String typed = request.outputs().manifest();
        String name = typed == null || typed.isBlank() ? "auto" : typed.trim();
        if (name.equals("none") || (name.equals("auto") && !hashed)) {
            return null;
        }
        if (OpenProperties.are("manifest", typed, null, problems)) {
            return null;
        }
        if (name.endsWith("/") || name.endsWith("\\")) {
            problems.add("manifest", typed, null, "names a directory; add the file's name, such as manifest.json");
            return null;
        }
        try {
            Path file = FileName.resolve(request.outputDirectory(), name.equals("auto") ? USUAL : name);
            if (file.startsWith(request.outputDirectory()) && !file.equals(request.outputDirectory())) {
                return file;
            }
            problems.add("manifest", typed, null, "leads out of <outputDirectory>; write a name below it");
        } catch (InvalidPathException e) {
            problems.add("manifest", typed, null, "is no file name: " + Shown.text(e.getReason()));
        }
        return null;
    }
}
