/**
 * Bundles of modules: plans them, has the engine make them, and tells what the engine says in the words of a build.
 */
@NullMarked
package dev.procession.plugin.bundle.module;

import org.jspecify.annotations.NullMarked;
