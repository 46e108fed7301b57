package dev.procession.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.endsWith;
import static org.mockito.Mockito.lenient;
import static org.mockito.Mockito.mock;

import dev.procession.ProcessionException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.lifecycle.MavenExecutionPlan;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.BuildPluginManager;
import org.apache.maven.plugin.MavenPluginManager;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.PluginConfigurationException;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which executions are watched. */
class ConfiguredBundlesTest {
    private static final String GROUP = "dev.procession";
    private static final String PLUGIN = "procession-maven-plugin";

    @TempDir
    Path directory;

    private final Plugin plugin = new Plugin();
    private final LifecycleExecutor lifecycle = mock(LifecycleExecutor.class);
    private final MavenPluginManager plugins = mock(MavenPluginManager.class);
    private MavenSession session;

    @BeforeEach
    void project() throws Exception {
        plugin.setGroupId(GROUP);
        plugin.setArtifactId(PLUGIN);
        Build build = new Build();
        build.addPlugin(plugin);
        Model model = new Model();
        model.setBuild(build);
        session = MavenStandIn.session(directory);
        lenient().when(session.getProjects()).thenReturn(List.of(new MavenProject(model)));
    }

    private BundleJsMojo execution(String id, String phase, String skip) throws Exception {
        PluginExecution typed = new PluginExecution();
        typed.setId(id);
        typed.setPhase(phase);
        typed.addGoal("bundle-js");
        plugin.addExecution(typed);
        MojoExecution execution = new MojoExecution(new MojoDescriptor(), id);
        MavenExecutionPlan plan = mock(MavenExecutionPlan.class);
        lenient().when(plan.getMojoExecutions()).thenReturn(List.of(execution));
        lenient()
                .when(lifecycle.calculateExecutionPlan(any(), endsWith("@" + id)))
                .thenReturn(plan);
        BundleJsMojo goal = new BundleJsMojo(mock(RepositorySystem.class), () -> null);
        Field field = BundleJsMojo.class.getDeclaredField("skip");
        field.setAccessible(true);
        field.set(goal, skip);
        lenient()
                .when(plugins.getConfiguredMojo(org.apache.maven.plugin.Mojo.class, session, execution))
                .thenReturn(goal);
        return goal;
    }

    private List<BundleJsMojo> watched() {
        MojoExecution here = MavenStandIn.execution();
        lenient().when(here.getGroupId()).thenReturn(GROUP);
        lenient().when(here.getArtifactId()).thenReturn(PLUGIN);
        return new ConfiguredBundles(lifecycle, mock(BuildPluginManager.class), plugins).of(session, here);
    }

    @Test
    void of_someAreLeftOut_areThoseThatABuildMakes() throws Exception {
        BundleJsMojo shop = execution("shop", null, null);
        execution("inherited", "none", null);
        execution("skipped", null, "true");
        BundleJsMojo admin = execution("admin", "generate-resources", "false");
        List<BundleJsMojo> watched = watched();
        assertEquals(2, watched.size());
        assertTrue(watched.containsAll(List.of(shop, admin)));
    }

    @Test
    void of_leftOutByItsPhase_isNotEvenConfigured() throws Exception {
        execution("outdated", "none", null);
        lenient()
                .when(plugins.getConfiguredMojo(any(), any(), any()))
                .thenThrow(new PluginConfigurationException(null, "Cannot find 'minfy'"));
        assertTrue(assertThrows(ProcessionException.class, this::watched)
                .getMessage()
                .startsWith("all executions of bundle-js in this build are left out"));
    }

    @Test
    void of_allAreLeftOut_isToldAsSuch() throws Exception {
        execution("skipped", null, "true");
        assertEquals(
                "all executions of bundle-js in this build are left out, by <skip> or <phase>none</phase>, so there is"
                        + " nothing to watch",
                assertThrows(ProcessionException.class, this::watched).getMessage());
    }

    @Test
    void of_noExecution_saysWhatToDo() {
        String message = assertThrows(ProcessionException.class, this::watched).getMessage();
        assertTrue(message.contains("configure one, with its <bundles>"), message);
    }
}
