package dev.procession.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.StringReader;
import java.util.List;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.model.PluginManagement;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.jspecify.annotations.Nullable;
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

    /** Maven's own plugin is bare then, and what counts is the pom's execution of that name, or else the whole plugin's. */
    @Test
    void tell_calledFromTheCommandLine_thePomIsLookedAt() throws Exception {
        PluginDescriptor descriptor = new PluginDescriptor();
        descriptor.setGroupId("dev.procession");
        descriptor.setArtifactId("procession-maven-plugin");
        descriptor.setPlugin(new Plugin());
        MojoDescriptor goal = goal(descriptor, "sort-files", "dryRun");
        Plugin typed = new Plugin();
        typed.setGroupId("dev.procession");
        typed.setArtifactId("procession-maven-plugin");
        typed.setConfiguration(configuration("<dryRum>true</dryRum>"));
        PluginExecution execution = new PluginExecution();
        execution.setId("media");
        execution.setConfiguration(configuration("<dryrun>true</dryrun>"));
        typed.addExecution(execution);
        Build build = new Build();
        build.addPlugin(typed);
        Model model = new Model();
        model.setBuild(build);
        Build managing = new Build();
        managing.setPluginManagement(new PluginManagement());
        managing.getPluginManagement().addPlugin(typed);
        Model managed = new Model();
        managed.setBuild(managing);
        for (Model each : List.of(model, managed)) {
            assertEquals(
                    List.of("<dryrun>true</dryrun>: is no parameter of sort-files; did you mean <dryRun>?"),
                    told(new MojoExecution(goal, "media"), new MavenProject(each)));
            assertEquals(
                    List.of("<dryRum>true</dryRum>: is no parameter of sort-files; did you mean <dryRun>?"),
                    told(new MojoExecution(goal, "default-cli"), new MavenProject(each)));
        }
    }

    private static List<String> told(MojoExecution execution, @Nullable MavenProject project) {
        TypedMistakes mistakes = new TypedMistakes();
        new UnknownElements(execution, project).tell(mistakes);
        return mistakes.found().stream().map(Object::toString).toList();
    }

    private static Xpp3Dom configuration(String elements) throws Exception {
        return Xpp3DomBuilder.build(new StringReader("<configuration>" + elements + "</configuration>"));
    }

    private static List<String> told(String elements) throws Exception {
        Plugin plugin = new Plugin();
        plugin.setConfiguration(configuration(elements));
        PluginDescriptor descriptor = new PluginDescriptor();
        descriptor.setPlugin(plugin);
        goal(descriptor, "bundle-js", "bundles");
        MojoDescriptor goal = goal(descriptor, "sort-files", "dryRun", "outputDirectory", "includes");
        return told(new MojoExecution(goal, "default-cli"), null);
    }
}
