package dev.procession.plugin.output;

import java.util.List;

/**
 * Somebody else's code in a bundle.
 *
 * @param name the package's name
 * @param version its version
 * @param licence what its package says of its licence, such as {@code MIT}; empty when it says nothing
 * @param texts the licence and notice texts that lie in the package
 * @param comments the legal comments ({@code /*!}, {@code @license}, {@code @preserve}) of its files that are in the
 *     bundle
 */
public record ThirdParty(String name, String version, String licence, List<String> texts, List<String> comments) {

    /** Copies the lists. */
    public ThirdParty {
        texts = List.copyOf(texts);
        comments = List.copyOf(comments);
    }
}
