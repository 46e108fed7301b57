/**
 * The engine of {@code watch-js}: builds again when a source changed, and serves what was built with live reload, on this
 * machine alone. Knows neither Maven nor what is built.
 */
@NullMarked
package dev.procession.plugin.watch;

import org.jspecify.annotations.NullMarked;
