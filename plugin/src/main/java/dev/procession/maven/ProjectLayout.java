package dev.procession.maven;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/** Where a project has what. */
record ProjectLayout(MavenProject project) {
    private static final String SPRING_BOOT = "org.springframework.boot:spring-boot-maven-plugin";

    Path baseDirectory() {
        return project.getBasedir().toPath();
    }

    Path buildDirectory() {
        return Path.of(project.getBuild().getDirectory());
    }

    /** Where goals leave what people read: below the build directory, or in the working directory without a project. */
    Path reportDirectory(MavenSession session) {
        // Without a pom the build directory is an expression that nobody has evaluated.
        return project.getFile() == null
                ? topDirectory(session).resolve("procession-out")
                : buildDirectory().resolve("procession");
    }

    /** From where the project's web server, or the container that the project is deployed to, serves files. */
    Path webDirectory() {
        Path classes = Path.of(project.getBuild().getOutputDirectory());
        // Spring Boot serves it from jars and wars alike, and also when the application runs from the classes.
        if (project.getPlugin(SPRING_BOOT) != null) {
            return classes.resolve("static");
        }
        // What maven-war-plugin will pack; it adds to the directory and removes nothing.
        return project.getPackaging().equals("war")
                ? buildDirectory().resolve(project.getBuild().getFinalName())
                : classes.resolve("META-INF").resolve("resources");
    }

    /** Where pages may lie that are served as they are. */
    List<Path> pageDirectories() {
        Path sources = baseDirectory().resolve("src").resolve("main");
        return Stream.of(
                        sources.resolve("webapp"),
                        sources.resolve("resources").resolve("META-INF").resolve("resources"),
                        sources.resolve("resources").resolve("static"))
                .filter(Files::isDirectory)
                .toList();
    }

    /** What paths in the log are relative to: where the user called Maven, or the top of what they build. */
    Path topDirectory(MavenSession session) {
        String root = session.getExecutionRootDirectory();
        return root == null ? Path.of("").toAbsolutePath() : new File(root).toPath();
    }

    /** Unique in the build, and known to the user. */
    String moduleName() {
        return project.getGroupId() + ":" + project.getArtifactId() + " (" + project.getBasedir() + ")";
    }
}
