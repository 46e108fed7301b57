/**
 * Bundles of joined scripts and style sheets: plans them, has their files read, joins, and shortens.
 */
@NullMarked
package dev.procession.plugin.bundle.join;

import org.jspecify.annotations.NullMarked;
