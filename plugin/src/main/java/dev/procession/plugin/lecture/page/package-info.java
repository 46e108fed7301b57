/**
 * The pages of a lecture that was played: what was said and checked, drawn and beside its sources.
 */
@NullMarked
package dev.procession.plugin.lecture.page;

import org.jspecify.annotations.NullMarked;
