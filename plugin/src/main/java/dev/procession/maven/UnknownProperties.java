package dev.procession.maven;

import dev.procession.plugin.report.NearestName;
import dev.procession.plugin.report.Shown;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;

/**
 * Finds properties of a command line that mean nothing: with {@code -Dprocession.sort.dryrun} in the place of
 * {@code -Dprocession.sort.dryRun} files would be moved. Only those are looked at that begin as those of a goal do, such as
 * {@code procession.sort.}; what another goal of this plugin has is no mistake.
 */
final class UnknownProperties {
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{(procession\\.[^}]+)}");

    private final MojoExecution execution;
    private final Properties typed;

    /** @param typed what stands on the command line */
    UnknownProperties(MojoExecution execution, Properties typed) {
        this.execution = execution;
        this.typed = typed;
    }

    void tell(TypedMistakes mistakes) {
        MojoDescriptor goal = execution.getMojoDescriptor();
        Set<String> ours = new TreeSet<>(typed.stringPropertyNames());
        ours.removeIf(name -> !name.startsWith("procession."));
        if (goal == null || ours.isEmpty()) {
            return;
        }
        Set<String> known = known(goal);
        Set<String> groups = new HashSet<>();
        for (String each : known) {
            if (group(each).contains(".")) {
                groups.add(group(each));
            }
        }
        for (String each : ours) {
            if (groups.contains(group(each)) && !known.contains(each)) {
                mistakes.add(
                        "",
                        null,
                        null,
                        "-D" + Shown.text(each) + " is no property of this plugin" + wayOut(each, known));
            }
        }
    }

    private static Set<String> known(MojoDescriptor goal) {
        Set<String> names = new HashSet<>();
        for (Parameter parameter : UnknownElements.allParameters(goal)) {
            Matcher expression = EXPRESSION.matcher(String.valueOf(parameter.getExpression()));
            if (expression.matches()) {
                names.add(expression.group(1));
            }
        }
        return names;
    }

    private static String group(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    private static String wayOut(String typed, Set<String> known) {
        NearestName near = new NearestName(typed);
        String ending = typed.substring(typed.lastIndexOf('.'));
        List<String> moved =
                known.stream().filter(each -> each.endsWith(ending)).toList();
        // The right name after the name of the goal: sort-files.dryRun.
        (moved.size() == 1 ? moved : new TreeSet<>(known)).forEach(near::consider);
        return near.nearest()
                .map(meant -> "; did you mean -D" + meant + "?")
                .orElse("; correct or remove it (the goal help with -Ddetail lists all)");
    }
}
