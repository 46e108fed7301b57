/**
 * What outputs are called, who may write them, and where they lie until all of them are put in their places at once.
 */
@NullMarked
package dev.procession.plugin.bundle.publish;

import org.jspecify.annotations.NullMarked;
