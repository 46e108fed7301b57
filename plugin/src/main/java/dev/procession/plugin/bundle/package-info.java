/**
 * The engine of {@code bundle-js}: {@link dev.procession.plugin.bundle.request.BundleRequest} in, work,
 * {@link dev.procession.plugin.bundle.BundleResult} out. It asks whether anything changed, has files joined and modules
 * bundled by its parts, and publishes what they made atomically. It knows nothing of Maven: its classes are the
 * children's class path.
 */
@NullMarked
package dev.procession.plugin.bundle;

import org.jspecify.annotations.NullMarked;
