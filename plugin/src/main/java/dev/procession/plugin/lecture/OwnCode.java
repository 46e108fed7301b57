package dev.procession.plugin.lecture;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a project has examples of its own.
 *
 * @param classPath what they run with, such as the project's test class path; empty for none
 * @param sources folders in which their sources are looked for, to be shown
 */
public record OwnCode(List<Path> classPath, List<Path> sources) {
    /** No examples but those of the lecture. */
    public static final OwnCode NONE = new OwnCode(List.of(), List.of());

    /** Copies the lists. */
    public OwnCode {
        classPath = List.copyOf(classPath);
        sources = List.copyOf(sources);
    }
}
