/**
 * To which folder a file goes, by its name and by what is known of it.
 */
@NullMarked
package dev.procession.plugin.sort.layout;

import org.jspecify.annotations.NullMarked;
