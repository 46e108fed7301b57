package dev.procession.plugin.output;

import java.util.List;

/**
 * All that a bundle writes, before anything is added.
 *
 * @param bundle the bundle's name in messages and properties
 * @param chunks its files, entries first
 * @param thirdParties whose code is in it
 */
public record Composition(String bundle, List<Chunk> chunks, List<ThirdParty> thirdParties) {

    /** Copies the lists. */
    public Composition {
        chunks = List.copyOf(chunks);
        thirdParties = List.copyOf(thirdParties);
    }
}
