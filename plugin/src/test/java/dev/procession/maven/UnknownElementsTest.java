package dev.procession.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.StringReader;
import java.util.List;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;

class UnknownElementsTest {

    @Test
    void tell_slipOfTheKeyboard_saysWhatWasMeant() throws Exception {
        assertEquals(
                List.of(
                        "<dryrun>true</dryrun>: is no parameter of sort-files; did you mean <dryRun>?",
                        "<out>there</out>: is no parameter of sort-files; did you mean <outputDirectory>?",
                        "<inculdes> is no parameter of sort-files; did you mean <includes>?"),
                told(
                        "<dryrun>true</dryrun><out>there</out><inculdes><include>a</include></inculdes><dryRun>true</dryRun>"));
    }

    @Test
    void tell_nothingLikeIt_saysWhereAllAre() throws Exception {
        assertEquals(
                List.of("<frobnicate> is no parameter of sort-files; correct or remove it"
                        + " (the goal help with -Ddetail lists all parameters)"),
                told("<frobnicate/>"));
    }

    /** The configuration of a plugin is that of all its goals. */
    @Test
    void tell_whatAnotherGoalHas_isNoMistake() throws Exception {
        assertEquals(List.of(), told("<bundles><bundle/></bundles><dryRun>true</dryRun>"));
    }

    private static MojoDescriptor goal(PluginDescriptor plugin, String name, String... parameters) throws Exception {
        MojoDescriptor goal = new MojoDescriptor();
        goal.setPluginDescriptor(plugin);
        goal.setGoal(name);
        goal.setImplementation(name);
        for (String each : parameters) {
            Parameter parameter = new Parameter();
            parameter.setName(each);
            parameter.setEditable(true);
            goal.addParameter(parameter);
        }
        plugin.addMojo(goal);
        return goal;
    }

    private static List<String> told(String elements) throws Exception {
        Plugin plugin = new Plugin();
        plugin.setConfiguration(
                Xpp3DomBuilder.build(new StringReader("<configuration>" + elements + "</configuration>")));
        PluginDescriptor descriptor = new PluginDescriptor();
        descriptor.setPlugin(plugin);
        goal(descriptor, "bundle-js", "bundles");
        MojoDescriptor goal = goal(descriptor, "sort-files", "dryRun", "outputDirectory", "includes");
        TypedMistakes mistakes = new TypedMistakes();
        new UnknownElements(new MojoExecution(goal, "default-cli")).tell(mistakes);
        return mistakes.found().stream().map(Object::toString).toList();
    }
}
