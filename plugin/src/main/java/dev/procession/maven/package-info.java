/**
 * The goals. A goal is its parameters and one call into an engine; this is the only package that knows Maven, and no
 * other package knows this one.
 */
@NullMarked
package dev.procession.maven;

import org.jspecify.annotations.NullMarked;
