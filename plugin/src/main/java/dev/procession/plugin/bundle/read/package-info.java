/**
 * Reads one file, checks it, and prepares it for being joined: in children, or in the build's JVM where there is little to
 * read. So it needs the JDK alone.
 */
@NullMarked
package dev.procession.plugin.bundle.read;

import org.jspecify.annotations.NullMarked;
