/**
 * What the user typed, checked and understood.
 */
@NullMarked
package dev.procession.plugin.sort.settings;

import org.jspecify.annotations.NullMarked;
