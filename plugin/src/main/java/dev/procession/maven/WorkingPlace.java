package dev.procession.maven;

import java.io.File;
import java.nio.file.Path;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** Where a goal runs that needs no project. Without one Maven gives it a project that has no directory. */
record WorkingPlace(@Nullable MavenProject project, MavenSession session) {

    /** What the user's relative paths are relative to. */
    Path baseDirectory() {
        File base = project == null ? null : project.getBasedir();
        return base == null ? topDirectory() : base.toPath();
    }

    /** Where goals leave what people read: below the build directory, or in the working directory without a project. */
    Path reportDirectory() {
        // Without a pom the build directory is an expression that nobody has evaluated.
        return project == null || project.getFile() == null
                ? topDirectory().resolve("procession-out")
                : Path.of(project.getBuild().getDirectory()).resolve("procession");
    }

    /** What paths in the log are relative to: where the user called Maven, or the top of what they build. */
    Path topDirectory() {
        String root = session.getExecutionRootDirectory();
        return root == null ? Path.of("").toAbsolutePath() : new File(root).toPath();
    }
}
