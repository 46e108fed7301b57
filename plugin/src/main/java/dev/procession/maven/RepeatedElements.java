package dev.procession.maven;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/** Finds elements that a pom has twice where one counts: Maven takes the last and says nothing. */
final class RepeatedElements {
    /** The elements of a bundle that hold others by their names; those of lists may repeat. */
    private static final Set<String> BY_NAME = Set.of("define", "alias", "loaders", "logOverride", "budgets");

    private final MojoExecution execution;
    private final @Nullable MavenProject project;

    RepeatedElements(MojoExecution execution, @Nullable MavenProject project) {
        this.execution = execution;
        this.project = project;
    }

    /**
     * Tells of all of them.
     *
     * @param typed the bundles as Maven has made them of the same elements
     */
    void tell(List<Bundle> typed, TypedMistakes mistakes) {
        MojoDescriptor goal = execution.getMojoDescriptor();
        Xpp3Dom whole = TypedConfiguration.of(execution, project);
        if (whole != null && goal != null) {
            for (Xpp3Dom each : repeated(whole)) {
                if (goal.getParameterMap().containsKey(each.getName())) {
                    tell(each, null, mistakes);
                }
            }
        }
        Xpp3Dom counted = execution.getConfiguration();
        Xpp3Dom bundles = counted == null ? null : counted.getChild("bundles");
        if (bundles == null) {
            return;
        }
        int index = 0;
        for (Xpp3Dom bundle : bundles.getChildren()) {
            if (bundle.getChildCount() == 0 && bundle.getValue() != null) {
                continue; // a text, which is told of elsewhere and is no bundle
            }
            String label = index < typed.size() ? typed.get(index).label(index) : null;
            index++;
            for (Xpp3Dom each : repeated(bundle)) {
                tell(each, label, mistakes);
            }
            for (Xpp3Dom group : bundle.getChildren()) {
                if (BY_NAME.contains(group.getName())) {
                    for (Xpp3Dom each : repeated(group)) {
                        tell(each, label, mistakes);
                    }
                }
            }
        }
    }

    /**
     * The second and later ones of each name. Where a pom has its elements put after the inherited ones, a value of the
     * same name is meant to replace the inherited one, and does; a list is not, and would lose the inherited one.
     */
    private static List<Xpp3Dom> repeated(Xpp3Dom parent) {
        boolean appended = Xpp3Dom.CHILDREN_COMBINATION_APPEND.equals(
                parent.getAttribute(Xpp3Dom.CHILDREN_COMBINATION_MODE_ATTRIBUTE));
        Set<String> names = new HashSet<>();
        List<Xpp3Dom> repeated = new ArrayList<>();
        for (Xpp3Dom child : parent.getChildren()) {
            if (!names.add(key(child)) && !(appended && child.getChildCount() == 0)) {
                repeated.add(child);
            }
        }
        return repeated;
    }

    /** What it is one of: names that XML does not allow are written as {@code <property><name>...</name>...}. */
    private static String key(Xpp3Dom element) {
        Xpp3Dom name = element.getName().equals("property") ? element.getChild("name") : null;
        String typed = name == null ? null : name.getValue();
        return typed == null ? element.getName() : typed.trim();
    }

    private static void tell(Xpp3Dom element, @Nullable String label, TypedMistakes mistakes) {
        String value = element.getChildCount() == 0
                ? element.getValue()
                : key(element).equals(element.getName()) ? null : key(element);
        mistakes.add(
                element.getName(),
                value,
                label,
                "is the second one, and only one counts; "
                        + (element.getName().equals("entry") ? "put all of them into <entries>" : "remove one"));
    }
}
