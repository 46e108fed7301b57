package dev.procession.plugin.bundle.module;

import dev.procession.plugin.bundle.publish.HashedName;
import dev.procession.plugin.bundle.record.Sha256;
import dev.procession.plugin.engine.Build;
import dev.procession.plugin.output.OutputSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A bundle of modules that passed every check that needs no engine.
 *
 * @param label its name in messages
 * @param owner who claims its outputs
 * @param key what the record calls it: its output and its entries
 * @param build what the engine is to do
 * @param config the {@code tsconfig.json} that was named, or null
 * @param endings of files that imports may leave out, and of those that hold text, beyond the usual ones
 * @param strict whether warnings are errors
 * @param id its name in properties, reports and the manifest
 * @param settings what surrounds it
 */
public record ModulePlan(
        String label,
        String owner,
        String key,
        Build build,
        @Nullable Path config,
        Set<String> endings,
        boolean strict,
        String id,
        OutputSettings settings) {

    /** Whether nobody knows the names of its entries ahead. */
    public boolean isHashed() {
        for (String flag : build.flags()) {
            if (flag.startsWith("--entry-names=") && flag.contains(HashedName.PLACEHOLDER)) {
                return true;
            }
        }
        return false;
    }

    /** All but the files that decides what is written. */
    String fingerprint(String engineVersion, String engine, String packages, String surroundings) {
        List<String> parts = new ArrayList<>(List.of(
                engineVersion, engine, packages, Boolean.toString(strict), id, settings.fingerprint(), surroundings));
        for (Build.Entry entry : build.entries()) {
            parts.add(entry.output() + "\1" + entry.input());
        }
        parts.addAll(build.flags());
        return Sha256.of(String.join("\0", parts).getBytes(StandardCharsets.UTF_8));
    }
}
