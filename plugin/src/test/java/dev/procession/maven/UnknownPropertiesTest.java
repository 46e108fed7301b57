package dev.procession.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Properties;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.junit.jupiter.api.Test;

class UnknownPropertiesTest {

    @Test
    void tell_slipOfTheKeyboard_saysWhatWasMeant() throws Exception {
        assertEquals(
                List.of(
                        "-Dprocession.sort-files.dryRun is no property of this plugin; did you mean"
                                + " -Dprocession.sort.dryRun?",
                        "-Dprocession.sort.dryrun is no property of this plugin; did you mean"
                                + " -Dprocession.sort.dryRun?"),
                told("procession.sort.dryrun", "procession.sort-files.dryRun", "procession.sort.source"));
    }

    @Test
    void tell_nothingLikeIt_saysWhereAllAre() throws Exception {
        assertEquals(
                List.of(
                        "-Dprocession.sort.frobnicateEverythingTwice is no property of this plugin; correct or remove it"
                                + " (the goal help with -Ddetail lists all)"),
                told("procession.sort.frobnicateEverythingTwice"));
    }

    /** Nor what is nobody's business: properties of the project, and of the library. */
    @Test
    void tell_whatAnotherGoalOrNoGoalHas_isNoMistake() throws Exception {
        assertEquals(
                List.of(),
                told(
                        "procession.demo.speed",
                        "procession.workers",
                        "procession.version",
                        "procession.my.own",
                        "sort.dryrun",
                        "skipTests"));
    }

    private static List<String> told(String... typed) throws Exception {
        PluginDescriptor plugin = new PluginDescriptor();
        goal(plugin, "demo", "${procession.demo.speed}", "${procession.cacheDirectory}", "${project}");
        MojoDescriptor goal = goal(
                plugin,
                "sort-files",
                "${procession.sort.dryRun}",
                "${procession.sort.source}",
                "${procession.sort-files.skip}",
                "${procession.workers}");
        Properties properties = new Properties();
        for (String each : typed) {
            properties.setProperty(each, "true");
        }
        TypedMistakes mistakes = new TypedMistakes();
        new UnknownProperties(new MojoExecution(goal, "default-cli"), properties).tell(mistakes);
        return mistakes.found().stream().map(Object::toString).toList();
    }

    private static MojoDescriptor goal(PluginDescriptor plugin, String name, String... expressions) throws Exception {
        MojoDescriptor goal = new MojoDescriptor();
        goal.setPluginDescriptor(plugin);
        goal.setGoal(name);
        goal.setImplementation(name);
        for (String each : expressions) {
            Parameter parameter = new Parameter();
            parameter.setName("element" + each);
            parameter.setExpression(each);
            goal.addParameter(parameter);
        }
        plugin.addMojo(goal);
        return goal;
    }
}
