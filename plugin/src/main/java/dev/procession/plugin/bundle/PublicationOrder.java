package dev.procession.plugin.bundle;

import dev.procession.plugin.engine.Metafile;
import dev.procession.plugin.work.FileName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order in which a bundle's files are put in their places: what others name comes before them, so a page never finds
 * an entry whose chunks are not there yet.
 */
final class PublicationOrder {
    private final Map<Path, Integer> ranks = new HashMap<>();

    PublicationOrder(Path directory, Metafile metafile) {
        metafile.outputs().forEach((name, output) -> ranks.put(FileName.resolve(directory, name), rank(name, output)));
    }

    private static int rank(String name, Metafile.Output output) {
        if (name.endsWith(".map")) {
            return 0;
        }
        if (output.entryPoint() != null) {
            return 3;
        }
        return name.endsWith(".js") ? 2 : 1;
    }

    List<Path> of(Collection<Path> files) {
        List<Path> ordered = new ArrayList<>(files);
        ordered.sort(Comparator.comparingInt(file -> ranks.getOrDefault(file, 1)));
        return ordered;
    }
}
