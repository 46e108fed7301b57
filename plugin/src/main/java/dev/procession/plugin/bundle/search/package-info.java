/**
 * Where the engine looked for what modules import, so that what comes to lie there makes a bundle stale.
 */
@NullMarked
package dev.procession.plugin.bundle.search;

import org.jspecify.annotations.NullMarked;
