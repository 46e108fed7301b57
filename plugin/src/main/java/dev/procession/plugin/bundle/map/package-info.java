/**
 * Source maps: those that come with the inputs, and those that are written.
 */
@NullMarked
package dev.procession.plugin.bundle.map;

import org.jspecify.annotations.NullMarked;
