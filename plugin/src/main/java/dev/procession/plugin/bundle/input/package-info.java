/**
 * Finds the files of bundles, in directories and in jars, by the patterns that the user typed.
 */
@NullMarked
package dev.procession.plugin.bundle.input;

import org.jspecify.annotations.NullMarked;
