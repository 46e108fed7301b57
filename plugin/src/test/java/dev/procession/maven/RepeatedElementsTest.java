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

class RepeatedElementsTest {

    @Test
    void tell_valueTwice_isTold() throws Exception {
        assertEquals(
                List.of("<workers>1</workers>: is the second one, and only one counts; remove one"),
                told("<configuration><workers>0</workers><workers>1</workers></configuration>"));
    }

    /** What Maven makes of a pom that asks for its elements after those of its parent: its values are the ones that count. */
    @Test
    void tell_valueAfterTheInheritedOne_isWhatWasAskedFor() throws Exception {
        assertEquals(
                List.of(),
                told(
                        "<configuration combine.children=\"append\"><workers>0</workers><workers>1</workers></configuration>"));
    }

    @Test
    void tell_listAfterTheInheritedOne_isTold() throws Exception {
        assertEquals(
                List.of("<bundles> is the second one, and only one counts; remove one"),
                told(
                        "<configuration combine.children=\"append\"><bundles><bundle/></bundles><bundles><bundle/></bundles>"
                                + "</configuration>"));
    }

    private static List<String> told(String configuration) throws Exception {
        Plugin plugin = new Plugin();
        plugin.setConfiguration(Xpp3DomBuilder.build(new StringReader(configuration)));
        MojoDescriptor goal = new MojoDescriptor();
        for (String name : List.of("workers", "bundles")) {
            Parameter parameter = new Parameter();
            parameter.setName(name);
            goal.addParameter(parameter);
        }
        PluginDescriptor descriptor = new PluginDescriptor();
        descriptor.setPlugin(plugin);
        goal.setPluginDescriptor(descriptor);
        MojoExecution execution = new MojoExecution(goal, "default-cli");
        TypedMistakes mistakes = new TypedMistakes();
        new RepeatedElements(execution, null).tell(List.of(), mistakes);
        return mistakes.found().stream().map(Object::toString).toList();
    }
}
