package dev.procession.maven;

import dev.procession.ProcessionException;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import javax.inject.Named;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.BuildPluginManager;
import org.apache.maven.plugin.MavenPluginManager;
import org.apache.maven.plugin.Mojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;

/** Finds what poms say of {@code bundle-js}, so that another goal can do the same with the same configuration. */
@Named
public final class ConfiguredBundles {
    private static final String GOAL = "bundle-js";

    private final LifecycleExecutor lifecycle;
    private final BuildPluginManager realms;
    private final MavenPluginManager plugins;

    /**
     * Made by Maven.
     *
     * @param lifecycle knows what an execution in a pom means
     * @param realms loads plugins
     * @param plugins fills goals with their configuration
     */
    @Inject
    public ConfiguredBundles(LifecycleExecutor lifecycle, BuildPluginManager realms, MavenPluginManager plugins) {
        this.lifecycle = lifecycle;
        this.realms = realms;
        this.plugins = plugins;
    }

    /** No project of the build says anything of the goal. */
    private static final class NothingConfiguredException extends ProcessionException {
        private static final long serialVersionUID = 1L;

        NothingConfiguredException(String message) {
            super(message);
        }
    }

    List<BundleJsMojo> of(MavenSession session, MojoExecution here) {
        MavenProject before = session.getCurrentProject();
        List<BundleJsMojo> goals = new ArrayList<>();
        boolean leftOut = false;
        try {
            for (MavenProject project : session.getProjects()) {
                Plugin plugin = project.getPlugin(here.getGroupId() + ":" + here.getArtifactId());
                if (plugin == null) {
                    continue;
                }
                session.setCurrentProject(project);
                for (PluginExecution execution : plugin.getExecutions()) {
                    if (!execution.getGoals().contains(GOAL)) {
                        continue;
                    }
                    // No phase of Maven is called so: poms switch off by it what they inherit, also what no longer
                    // holds.
                    if ("none".equals(execution.getPhase())) {
                        leftOut = true;
                        continue;
                    }
                    BundleJsMojo goal = configured(session, here, execution.getId());
                    if (goal.isLeftOut()) {
                        leftOut = true;
                    } else {
                        goals.add(goal);
                    }
                }
            }
        } finally {
            session.setCurrentProject(before);
        }
        if (goals.isEmpty()) {
            throw new NothingConfiguredException(
                    leftOut
                            ? "all executions of " + GOAL
                                    + " in this build are left out, by <skip> or <phase>none</phase>, so there"
                                    + " is nothing to watch"
                            : "no pom of this build has an execution of " + GOAL
                                    + ", so there is nothing to watch; configure one, with its <bundles>");
        }
        return goals;
    }

    private BundleJsMojo configured(MavenSession session, MojoExecution here, String id) {
        String task = here.getGroupId() + ":" + here.getArtifactId() + ":" + here.getVersion() + ":" + GOAL + "@" + id;
        try {
            MojoExecution execution = lifecycle
                    .calculateExecutionPlan(session, task)
                    .getMojoExecutions()
                    .get(0);
            realms.getPluginRealm(session, execution.getMojoDescriptor().getPluginDescriptor());
            return (BundleJsMojo) plugins.getConfiguredMojo(Mojo.class, session, execution);
        } catch (Exception e) {
            // Maven has a dozen checked types for this; each says what is wrong with the pom.
            throw new NothingConfiguredException("execution " + id + " of " + GOAL + " in module "
                    + session.getCurrentProject().getArtifactId() + " cannot be prepared: " + e.getMessage());
        }
    }
}
