/**
 * An example of processes, and the {@link dev.procession.plugin.lecture.Stage} that it is played on by real child
 * processes and where it states what must be true of every run; those of a project are played in a child of their own.
 * The package knows nothing of Maven: its classes are on the children's class path.
 */
@NullMarked
package dev.procession.plugin.lecture;

import org.jspecify.annotations.NullMarked;
