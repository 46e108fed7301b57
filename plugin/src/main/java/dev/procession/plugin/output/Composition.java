package dev.procession.plugin.output;

import java.util.List;

/**
 * All that a bundle writes, before anything is added.
 *
 * @param bundle the bundle's name in messages
 * @param id its name in properties, reports and the manifest: the name that was given to it, or its output without the
 *     hash
 * @param chunks its files, entries first
 * @param thirdParties whose code is in it
 */
public record Composition(String bundle, String id, List<Chunk> chunks, List<ThirdParty> thirdParties) {

    /** Copies the lists. */
    public Composition {
        chunks = List.copyOf(chunks);
        thirdParties = List.copyOf(thirdParties);
    }
}
