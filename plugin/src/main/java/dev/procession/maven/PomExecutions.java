package dev.procession.maven;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.model.PluginManagement;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** Which executions of this plugin there are, by their names, as far as they write into one build directory. */
final class PomExecutions {
    private final MavenSession session;
    private final MavenProject project;
    private final MojoExecution here;

    PomExecutions(MavenSession session, MavenProject project, MojoExecution here) {
        this.session = session;
        this.project = project;
        this.here = here;
    }

    /** All that poms have, the one that runs now, and the one that is called from the command line without a name. */
    Set<String> names() {
        Set<String> names = new HashSet<>(List.of(here.getExecutionId(), "default-cli"));
        add(project, names);
        for (MavenProject other : Objects.requireNonNullElse(session.getAllProjects(), List.<MavenProject>of())) {
            // Modules may share a directory, though few do.
            if (buildDirectory(project).equals(buildDirectory(other))) {
                add(other, names);
            }
        }
        return names;
    }

    private static Path buildDirectory(MavenProject of) {
        return new ProjectLayout(of).buildDirectory().toAbsolutePath().normalize();
    }

    private void add(MavenProject of, Set<String> names) {
        String key = here.getGroupId() + ":" + here.getArtifactId();
        add(of.getPlugin(key), names);
        // Where a plugin is managed only, its executions are called by hand.
        PluginManagement management = of.getPluginManagement();
        add(management == null ? null : management.getPluginsAsMap().get(key), names);
    }

    private static void add(@Nullable Plugin plugin, Set<String> names) {
        if (plugin != null) {
            for (PluginExecution each : plugin.getExecutions()) {
                names.add(each.getId());
            }
        }
    }
}
