package dev.procession.plugin.output;

import java.nio.file.Path;
import java.util.ArrayList;
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
        List<Measured> entries = new ArrayList<>();
        for (Measured file : files) {
            if (file.chunk().entry()) {
                entries.add(file);
            }
        }
        for (int i = 0; i < entries.size(); i++) {
            Measured entry = entries.get(i);
            if (i == 0) {
                result.add(composition.id(), entry, files);
            }
            String name = entry.chunk().name();
            if (entries.size() > 1 && name != null && !name.equals(composition.id())) {
                String below = composition.id() + ".";
                result.add(name.startsWith(below) ? name : below + name, entry, files);
            }
        }
        return result.properties;
    }

    private void add(String prefix, Measured entry, List<Measured> files) {
        add(prefix, entry);
        for (Path css : entry.chunk().css()) {
            for (Measured file : files) {
                if (file.chunk().file().target().equals(css)) {
                    add(prefix + ".css", file);
                    break;
                }
            }
        }
    }

    private void add(String prefix, Measured file) {
        if (properties.putIfAbsent(prefix + ".file", file.name()) == null) {
            if (!file.integrity().isEmpty()) {
                properties.put(prefix + ".integrity", file.integrity());
            }
            properties.put(prefix + ".bytes", Long.toString(file.bytes()));
            if (file.gzip().isPresent()) {
                properties.put(prefix + ".gzipBytes", Long.toString(file.gzip().getAsLong()));
            }
            if (file.brotli().isPresent()) {
                properties.put(
                        prefix + ".brotliBytes", Long.toString(file.brotli().getAsLong()));
            }
        }
    }
}
