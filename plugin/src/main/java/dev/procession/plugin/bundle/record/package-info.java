/**
 * What is remembered of a build: files as they were, to tell whether anything changed since, and whose they are.
 */
@NullMarked
package dev.procession.plugin.bundle.record;

import org.jspecify.annotations.NullMarked;
