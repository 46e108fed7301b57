/**
 * What a user sees: real builds by a real Maven, on copies of the sample projects, with a browser to look at the page
 * and signals to kill processes. Nothing of the plugin is on the class path here; it is known by its goals only.
 */
@NullMarked
package dev.procession.it;

import org.jspecify.annotations.NullMarked;
