package dev.procession.maven;

import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.model.PluginManagement;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/**
 * What a pom says of an execution. In what Maven gives to the goal one element of each name is left, and none whose name no
 * parameter has.
 */
final class TypedConfiguration {
    private TypedConfiguration() {}

    static @Nullable Xpp3Dom of(MojoExecution execution, @Nullable MavenProject project) {
        Plugin plugin = plugin(execution, project);
        if (plugin == null) {
            return null;
        }
        PluginExecution here = plugin.getExecutionsAsMap().get(execution.getExecutionId());
        Object configuration = here == null ? plugin.getConfiguration() : here.getConfiguration();
        return configuration instanceof Xpp3Dom dom ? dom : null;
    }

    /** The execution's own one is bare when the goal is called from the command line: Maven asks the pom then, as is done here. */
    private static @Nullable Plugin plugin(MojoExecution execution, @Nullable MavenProject project) {
        String key = execution.getGroupId() + ":" + execution.getArtifactId();
        Plugin built = project == null ? null : project.getPlugin(key);
        if (built != null) {
            return built;
        }
        PluginManagement management = project == null ? null : project.getPluginManagement();
        Plugin managed =
                management == null ? null : management.getPluginsAsMap().get(key);
        return managed != null ? managed : execution.getPlugin();
    }
}
