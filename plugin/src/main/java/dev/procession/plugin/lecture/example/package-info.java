/**
 * The examples of the lecture: small classes to learn from, which use the public API of the primitives and the stage
 * as a reader would. Their sources are shown on its pages.
 */
@NullMarked
package dev.procession.plugin.lecture.example;

import org.jspecify.annotations.NullMarked;
