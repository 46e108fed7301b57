/**
 * Decides for every file what is to be done with it, before anything is done.
 */
@NullMarked
package dev.procession.plugin.sort.plan;

import org.jspecify.annotations.NullMarked;
