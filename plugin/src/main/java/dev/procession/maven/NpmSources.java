package dev.procession.maven;

import dev.procession.plugin.npm.PackageSource;
import java.io.File;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.model.Dependency;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** The artifacts of a build that may hold npm packages, and what the project says of their versions. */
final class NpmSources {
    private final List<PackageSource> sources = new ArrayList<>();

    private NpmSources() {}

    /**
     * The project's dependencies in the order of the class path, then those that its pom gives to this plugin. What is only
     * there for tests is none.
     */
    static List<PackageSource> of(MavenProject project, MojoExecution execution) {
        NpmSources found = new NpmSources();
        Map<String, String> stated = new HashMap<>();
        if (project.getDependencyManagement() != null) {
            state(project.getDependencyManagement().getDependencies(), stated);
        }
        state(project.getDependencies(), stated);
        for (Artifact artifact : project.getArtifacts()) {
            if (!Artifact.SCOPE_TEST.equals(artifact.getScope())) {
                found.add(artifact, stated);
            }
        }

        MojoDescriptor goal = execution.getMojoDescriptor();
        if (goal != null && execution.getPlugin() != null) {
            // A project's dependency management does not reach them.
            Map<String, String> ofPlugin = new HashMap<>();
            state(execution.getPlugin().getDependencies(), ofPlugin);
            for (Artifact artifact : goal.getPluginDescriptor().getArtifacts()) {
                // The others are this plugin's own code, and what that needs.
                if (ofPlugin.containsKey(key(artifact)) || isOfPacker(artifact.getGroupId())) {
                    found.add(artifact, ofPlugin);
                }
            }
        }
        return found.sources;
    }

    private static boolean isOfPacker(String groupId) {
        return groupId.startsWith("org.webjars") || groupId.startsWith("org.mvnpm");
    }

    private static void state(Collection<Dependency> dependencies, Map<String, String> versions) {
        for (Dependency each : dependencies) {
            @Nullable String version = each.getVersion();
            if (version != null) {
                versions.put(each.getGroupId() + ":" + each.getArtifactId(), version);
            }
        }
    }

    private static String key(Artifact artifact) {
        return artifact.getGroupId() + ":" + artifact.getArtifactId();
    }

    private void add(Artifact artifact, Map<String, String> stated) {
        File file = artifact.getFile();
        if (file != null) {
            sources.add(new PackageSource(
                    file.toPath().toAbsolutePath().normalize(),
                    artifact.getGroupId(),
                    artifact.getArtifactId(),
                    artifact.getVersion(),
                    Optional.ofNullable(stated.get(key(artifact)))));
        }
    }
}
