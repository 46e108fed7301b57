/**
 * The libraries that few runs need, and that children alone may load: the build fetches them when they are asked for.
 */
@NullMarked
package dev.procession.plugin.sort.extra;

import org.jspecify.annotations.NullMarked;
