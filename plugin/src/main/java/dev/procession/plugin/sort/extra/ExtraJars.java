package dev.procession.plugin.sort.extra;

import dev.procession.plugin.sort.failure.SortFailedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Fetches the extras, when they are needed first. The build implements it: its settings say from where. */
@FunctionalInterface
public interface ExtraJars {

    /**
     * The jars of some extras, with all that they need.
     *
     * @param extras which
     * @return files on this machine
     * @throws SortFailedException when they cannot be fetched; says how they can be
     */
    List<Path> jars(Set<Extra> extras);
}
