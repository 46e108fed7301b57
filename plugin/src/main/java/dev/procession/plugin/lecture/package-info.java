/**
 * The engine of {@code demo}: {@link dev.procession.plugin.lecture.LectureRequest} in, examples of processes played by
 * real child processes, {@link dev.procession.plugin.lecture.LectureResult} out. An example is one small class to learn
 * from: it plays on a {@link dev.procession.plugin.lecture.Stage} and states there what must be true of every run. The
 * package knows nothing of Maven: its classes are on the children's class path.
 */
@NullMarked
package dev.procession.plugin.lecture;

import org.jspecify.annotations.NullMarked;
