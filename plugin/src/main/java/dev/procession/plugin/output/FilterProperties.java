package dev.procession.plugin.output;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The properties by which pages and later goals find what a bundle wrote: {@code shop.file}, {@code shop.integrity},
 * {@code shop.css.file}; of a bundle with several entries also {@code shop.admin.file}.
 */
final class FilterProperties {
    private final Map<String, String> properties = new LinkedHashMap<>();

    private FilterProperties() {}

    static Map<String, String> of(Composition composition, List<Measured> files) {
        FilterProperties result = new FilterProperties();
        List<Measured> entries =
                files.stream().filter(file -> file.chunk().entry()).toList();
        for (int i = 0; i < entries.size(); i++) {
            Measured entry = entries.get(i);
            if (i == 0) {
                result.add(composition.id(), entry, files);
            }
            String name = entry.chunk().name();
            if (entries.size() > 1 && name != null && !name.equals(composition.id())) {
                result.add(composition.id() + "." + name, entry, files);
            }
        }
        return result.properties;
    }

    private void add(String prefix, Measured entry, List<Measured> files) {
        add(prefix, entry);
        for (Path css : entry.chunk().css()) {
            files.stream()
                    .filter(file -> file.chunk().file().target().equals(css))
                    .findFirst()
                    .ifPresent(file -> add(prefix + ".css", file));
        }
    }

    private void add(String prefix, Measured file) {
        if (properties.putIfAbsent(prefix + ".file", file.name()) == null) {
            properties.put(prefix + ".integrity", file.integrity());
            properties.put(prefix + ".bytes", Long.toString(file.bytes()));
            file.gzip().ifPresent(bytes -> properties.put(prefix + ".gzipBytes", Long.toString(bytes)));
            file.brotli().ifPresent(bytes -> properties.put(prefix + ".brotliBytes", Long.toString(bytes)));
        }
    }
}
