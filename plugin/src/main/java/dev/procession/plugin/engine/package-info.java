/**
 * The esbuild executable: which one this machine needs, where it comes from, and one running process of it that builds
 * and transforms. Knows nothing of bundles and nothing of Maven.
 */
@NullMarked
package dev.procession.plugin.engine;

import org.jspecify.annotations.NullMarked;
