package dev.procession.plugin.output;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a bundle's entries of the manifest. */
final class ManifestKeys {
    private final Map<Path, Measured> byTarget = new HashMap<>();
    private final Map<Path, String> keys = new HashMap<>();
    private final List<Measured> files;

    ManifestKeys(List<Measured> files) {
        this.files = files;
        Map<String, Path> taken = new HashMap<>();
        for (Measured file : files) {
            Path target = file.chunk().file().target();
            byTarget.put(target, file);
            String source = file.chunk().source();
            String key = source == null ? unnamed(file) : source;
            // An entry point gives a script and perhaps a style sheet: the source stands for the first of them.
            if (taken.putIfAbsent(key, target) != null) {
                key = unnamed(file);
                taken.putIfAbsent(key, target);
            }
            keys.put(target, key);
        }
    }

    private static String unnamed(Measured file) {
        return "_" + file.name().substring(file.name().lastIndexOf('/') + 1);
    }

    List<ManifestEntry> entries() {
        List<ManifestEntry> entries = new ArrayList<>();
        for (Measured file : files) {
            Chunk chunk = file.chunk();
            if (file.isShipped()) {
                entries.add(new ManifestEntry(
                        keyOf(chunk.file().target()),
                        file.name(),
                        chunk.name(),
                        chunk.source(),
                        chunk.entry(),
                        chunk.dynamicEntry(),
                        keys(chunk.imports()),
                        keys(chunk.dynamicImports()),
                        names(chunk.css()),
                        names(chunk.assets()),
                        file.integrity()));
            }
        }
        return entries;
    }

    private String keyOf(Path target) {
        return keys.getOrDefault(target, "");
    }

    private List<String> keys(List<Path> targets) {
        List<String> found = new ArrayList<>();
        for (Path target : targets) {
            String key = keyOf(target);
            if (!key.isEmpty()) {
                found.add(key);
            }
        }
        return found;
    }

    private List<String> names(List<Path> targets) {
        List<String> names = new ArrayList<>();
        for (Path target : targets) {
            @Nullable Measured file = byTarget.get(target);
            if (file != null) {
                names.add(file.name());
            }
        }
        return names;
    }
}
