package dev.procession.plugin.output;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One member of a manifest in Vite's format.
 *
 * @param key what the manifest calls it: a source file, or {@code _} and the file's name
 * @param file the file, relative to the manifest
 * @param name what people call it, or null
 * @param src its source, or null
 * @param isEntry whether pages load it by name
 * @param isDynamicEntry whether it is loaded by {@code import()}
 * @param imports keys of what it needs at once
 * @param dynamicImports keys of what it may load
 * @param css files of its styles
 * @param assets other files that it names
 * @param integrity for the attribute {@code integrity} of a page's element
 */
record ManifestEntry(
        String key,
        String file,
        @Nullable String name,
        @Nullable String src,
        boolean isEntry,
        boolean isDynamicEntry,
        List<String> imports,
        List<String> dynamicImports,
        List<String> css,
        List<String> assets,
        String integrity) {

    ManifestEntry {
        imports = List.copyOf(imports);
        dynamicImports = List.copyOf(dynamicImports);
        css = List.copyOf(css);
        assets = List.copyOf(assets);
    }
}
