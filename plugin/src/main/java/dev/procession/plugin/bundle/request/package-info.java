/**
 * What the user typed, and what is wrong with it: every problem, told in the elements that they typed.
 */
@NullMarked
package dev.procession.plugin.bundle.request;

import org.jspecify.annotations.NullMarked;
