package dev.procession.maven;

import dev.procession.plugin.report.NearestName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/**
 * Finds elements of a goal's configuration that mean nothing. Maven passes them by, before 3.9 without a word: with
 * {@code <dryrun>} in the place of {@code <dryRun>} files would be moved. What another goal of this plugin has is no mistake,
 * since one configuration can be that of several goals.
 */
final class UnknownElements {
    private final MojoExecution execution;
    private final @Nullable MavenProject project;

    UnknownElements(MojoExecution execution, @Nullable MavenProject project) {
        this.execution = execution;
        this.project = project;
    }

    void tell(TypedMistakes mistakes) {
        MojoDescriptor goal = execution.getMojoDescriptor();
        Xpp3Dom typed = TypedConfiguration.of(execution, project);
        if (goal == null || typed == null) {
            return;
        }
        Set<String> known = known(goal);
        for (Xpp3Dom each : typed.getChildren()) {
            if (!known.contains(each.getName())) {
                mistakes.add(
                        each.getName(),
                        each.getChildCount() == 0 ? each.getValue() : null,
                        null,
                        "is no parameter of " + goal.getGoal() + wayOut(each.getName(), goal));
            }
        }
    }

    private static Set<String> known(MojoDescriptor goal) {
        Set<String> names = new HashSet<>();
        for (Parameter parameter : allParameters(goal)) {
            names.add(parameter.getName());
        }
        return names;
    }

    /** Those of all goals of the plugin. */
    static List<Parameter> allParameters(MojoDescriptor goal) {
        List<Parameter> all = new ArrayList<>();
        PluginDescriptor plugin = goal.getPluginDescriptor();
        for (MojoDescriptor each : plugin == null || plugin.getMojos() == null ? List.of(goal) : plugin.getMojos()) {
            all.addAll(parameters(each));
        }
        return all;
    }

    private static List<Parameter> parameters(MojoDescriptor goal) {
        return Objects.requireNonNullElse(goal.getParameters(), List.<Parameter>of());
    }

    private static String wayOut(String typed, MojoDescriptor goal) {
        NearestName near = new NearestName(typed);
        String longer = null;
        for (Parameter each : parameters(goal)) {
            if (each.isEditable()) {
                near.consider(each.getName());
                if (begins(each.getName(), typed)) {
                    longer = each.getName();
                }
            }
        }
        String meant = near.nearest().orElse(longer);
        return meant == null
                ? "; correct or remove it (the goal help with -Ddetail lists all parameters)"
                : "; did you mean <" + meant + ">?";
    }

    private static boolean begins(String name, String typed) {
        return name.toLowerCase(Locale.ROOT).startsWith(typed.toLowerCase(Locale.ROOT));
    }
}
