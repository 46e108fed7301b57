package dev.procession.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.lenient;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.model.PluginManagement;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose outputs stay. */
class PomExecutionsTest {
    private static final String GROUP = "dev.procession";
    private static final String PLUGIN = "procession-maven-plugin";

    @TempDir
    Path directory;

    private static Plugin plugin(String artifact, String... executions) {
        Plugin plugin = new Plugin();
        plugin.setGroupId(GROUP);
        plugin.setArtifactId(artifact);
        for (String id : executions) {
            PluginExecution execution = new PluginExecution();
            execution.setId(id);
            plugin.addExecution(execution);
        }
        return plugin;
    }

    private static MavenProject project(String target, Plugin... plugins) {
        Build build = new Build();
        build.setDirectory(target);
        build.setPlugins(List.of(plugins));
        Model model = new Model();
        model.setBuild(build);
        return new MavenProject(model);
    }

    private Set<String> names(MavenProject project, MavenProject... more) throws Exception {
        MavenSession session = MavenStandIn.session(directory);
        lenient().when(session.getAllProjects()).thenReturn(List.of(more));
        MojoExecution here = MavenStandIn.execution();
        lenient().when(here.getGroupId()).thenReturn(GROUP);
        lenient().when(here.getArtifactId()).thenReturn(PLUGIN);
        lenient().when(here.getExecutionId()).thenReturn("here");
        return new TreeSet<>(new PomExecutions(session, project, here).names());
    }

    @Test
    void names_ofThePlugin_withTheOneHereAndThatOfTheCommandLine() throws Exception {
        MavenProject project = project("target", plugin(PLUGIN, "one", "two"), plugin("other", "three"));
        assertEquals(Set.of("default-cli", "here", "one", "two"), names(project));
    }

    @Test
    void names_pluginIsManagedOnly_itsExecutionsAreCalledByHand() throws Exception {
        MavenProject project = project("target");
        PluginManagement management = new PluginManagement();
        management.setPlugins(List.of(plugin(PLUGIN, "by-hand")));
        project.getBuild().setPluginManagement(management);
        assertEquals(Set.of("by-hand", "default-cli", "here"), names(project));
    }

    @Test
    void names_anotherModuleWritesIntoTheSameDirectory_itsExecutionsToo() throws Exception {
        MavenProject other = project("module/../target", plugin(PLUGIN, "of-the-other"));
        MavenProject elsewhere = project("elsewhere", plugin(PLUGIN, "far"));
        assertEquals(
                Set.of("default-cli", "here", "of-the-other"),
                names(project("target"), project("target"), other, elsewhere));
    }
}
