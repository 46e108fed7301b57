package dev.procession.plugin.bundle.request;

import dev.procession.plugin.output.OutputSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bundle of modules as the user typed it; nothing in it is checked yet.
 *
 * @param index its place among all bundles, from 0
 * @param name its name in messages, or null
 * @param entries the files to begin with, relative to its directory
 * @param output the file to write, or a directory if it ends with {@code /}, relative to the output directory; null for
 *     the output directory itself
 * @param directory where entries are looked up instead of the source directory, or null
 * @param allowOutside whether entries may lie outside what is being built
 * @param settings what else was typed, by the elements of {@link ModuleSetting}
 * @param outputs what surrounds it
 */
public record ModuleSpec(
        int index,
        @Nullable String name,
        List<String> entries,
        @Nullable String output,
        @Nullable String directory,
        boolean allowOutside,
        Map<ModuleSetting, List<String>> settings,
        OutputSpec outputs) {

    /** Copies the collections. */
    public ModuleSpec {
        entries = List.copyOf(entries);
        settings = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** Its name in messages. */
    public String label() {
        if (name != null && !name.isBlank()) {
            return name;
        }
        if (output != null && !output.isBlank()) {
            return output;
        }
        return entries.isEmpty() || entries.get(0).isBlank() ? "number " + (index + 1) : entries.get(0);
    }

    public List<String> values(ModuleSetting setting) {
        return settings.getOrDefault(setting, List.of());
    }
}
