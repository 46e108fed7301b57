/**
 * The engine of {@code demo}: {@link dev.procession.plugin.lecture.play.LectureRequest} in, examples chosen, played
 * and told of, {@link dev.procession.plugin.lecture.play.LectureResult} out.
 */
@NullMarked
package dev.procession.plugin.lecture.play;

import org.jspecify.annotations.NullMarked;
