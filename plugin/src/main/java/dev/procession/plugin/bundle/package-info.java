/**
 * The engine of {@code bundle-js}: {@link dev.procession.plugin.bundle.BundleRequest} in, work,
 * {@link dev.procession.plugin.bundle.BundleResult} out. It resolves the inputs, asks whether anything changed, has
 * them read and checked in tasks (in child processes or in the build's JVM), joins them in one writer, or has
 * the engine bundle modules, and publishes the files atomically. It knows nothing of Maven: its classes are the children's class path.
 */
@NullMarked
package dev.procession.plugin.bundle;

import org.jspecify.annotations.NullMarked;
