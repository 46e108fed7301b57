/**
 * What surrounds a bundle: from its staged files and the facts of whoever made them to precompressed files, a manifest,
 * hashes for subresource integrity, a size report, a licence file, budgets and properties. Knows neither Maven nor how
 * a bundle is made; it publishes nothing itself.
 */
@NullMarked
package dev.procession.plugin.output;

import org.jspecify.annotations.NullMarked;
