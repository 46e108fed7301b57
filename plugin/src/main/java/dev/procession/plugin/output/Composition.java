package dev.procession.plugin.output;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * All that a bundle writes, before anything is added.
 *
 * @param bundle the bundle's name in messages
 * @param id its name in properties, reports and the manifest: the name that was given to it, or its output without the
 *     hash
 * @param chunks its files, entries first
 * @param thirdParties whose code is in it
 * @param plain the targets of which a shortened form is written as well: pages load one form, so budgets count one
 */
public record Composition(
        String bundle, String id, List<Chunk> chunks, List<ThirdParty> thirdParties, Set<Path> plain) {

    /**
     * A bundle that has everything in one form.
     *
     * @param bundle the bundle's name in messages
     * @param id its name in properties, reports and the manifest
     * @param chunks its files, entries first
     * @param thirdParties whose code is in it
     */
    public Composition(String bundle, String id, List<Chunk> chunks, List<ThirdParty> thirdParties) {
        this(bundle, id, chunks, thirdParties, Set.of());
    }

    /** Copies the lists. */
    public Composition {
        chunks = List.copyOf(chunks);
        thirdParties = List.copyOf(thirdParties);
        plain = Set.copyOf(plain);
    }
}
