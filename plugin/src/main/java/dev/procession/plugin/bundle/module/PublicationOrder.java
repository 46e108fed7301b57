package dev.procession.plugin.bundle.module;

import dev.procession.plugin.engine.Metafile;
import dev.procession.plugin.work.FileName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order in which a bundle's files are put in their places: what others name comes before them, so a page never finds
 * an entry whose chunks are not there yet.
 */
final class PublicationOrder {
    private static final int HIGHEST = 3;

    private final Map<Path, Integer> ranks = new HashMap<>();

    PublicationOrder(Path directory, Metafile metafile) {
        for (Map.Entry<String, Metafile.Output> output : metafile.outputs().entrySet()) {
            ranks.put(FileName.resolve(directory, output.getKey()), rank(output.getKey(), output.getValue()));
        }
    }

    private static int rank(String name, Metafile.Output output) {
        if (name.endsWith(".map")) {
            return 0;
        }
        if (output.entryPoint() != null) {
            return HIGHEST;
        }
        return name.endsWith(".js") ? 2 : 1;
    }

    List<Path> of(Collection<Path> files) {
        List<Path> ordered = new ArrayList<>();
        for (int rank = 0; rank <= HIGHEST; rank++) {
            for (Path file : files) {
                if (ranks.getOrDefault(file, 1) == rank) {
                    ordered.add(file);
                }
            }
        }
        return ordered;
    }
}
