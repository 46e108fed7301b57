package dev.procession.maven;

import dev.procession.plugin.lecture.OwnCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.project.MavenProject;

/** A project's code for tests: where its own examples are. */
final class TestCode {
    private TestCode() {}

    static OwnCode of(MavenProject project) {
        if (project.getFile() == null) {
            return OwnCode.NONE;
        }
        List<Path> classPath;
        try {
            classPath = project.getTestClasspathElements().stream()
                    .map(Path::of)
                    .filter(Files::exists)
                    .toList();
        } catch (DependencyResolutionRequiredException e) {
            throw new IllegalStateException("Maven has not resolved what the goal asks for", e);
        }
        List<Path> sources = Stream.concat(
                        project.getTestCompileSourceRoots().stream(), project.getCompileSourceRoots().stream())
                .map(Path::of)
                .toList();
        return new OwnCode(classPath, sources);
    }
}
