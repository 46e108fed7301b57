package dev.procession.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.lenient;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import dev.procession.plugin.bundle.request.BundleFailedException;
import java.io.StringReader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.api.di.Provides;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.ArgumentCaptor;

/** The goal in Maven's container: its annotations, and the conversion of a pom's configuration. */
@MojoTest
class BundleJsMojoTest {
    private static final String POM = """
            <project>
              <build>
                <plugins>
                  <plugin>
                    <artifactId>procession-maven-plugin</artifactId>
                    <configuration>
                      <bundles>
                        <bundle>
                          <name>shop</name>
                          <includes>
                            <include>lib/*.js</include>
                            <include>**/*.js</include>
                          </includes>
                          <excludes>
                            <exclude>**/*.test.js</exclude>
                          </excludes>
                          <output>js/shop.js</output>
                          <banner>/*! ${project.version} */</banner>
                          <sourceMap>false</sourceMap>
                        </bundle>
                        <bundle>
                          <includes>
                            <include>app.js</include>
                          </includes>
                          <output>app.js</output>
                          <directory>src/main/js</directory>
                          <encoding>windows-1251</encoding>
                        </bundle>
                      </bundles>
                    </configuration>
                  </plugin>
                </plugins>
              </build>
            </project>
            """;

    private static final String CONDITIONS = """
            <project>
              <build>
                <plugins>
                  <plugin>
                    <artifactId>procession-maven-plugin</artifactId>
                    <configuration>
                      <bundles>
                        <bundle>
                          <name>shop</name>
                          <includes>
                            <include>app.js</include>
                            <include>
                              <file>app.test.js</file>
                              <if>debug</if>
                            </include>
                            <include>
                              <file>lib/*.js</file>
                              <if>env=prod</if>
                            </include>
                          </includes>
                          <output>app.js</output>
                          <sourceMap>false</sourceMap>
                          <compress>gzip,brotli</compress>
                          <compressEndings>css</compressEndings>
                          <integrity>true</integrity>
                          <budgets>
                            <raw>100kB</raw>
                          </budgets>
                        </bundle>
                      </bundles>
                    </configuration>
                  </plugin>
                </plugins>
              </build>
            </project>
            """;

    private static final String MISTAKES = """
            <project>
              <build>
                <plugins>
                  <plugin>
                    <artifactId>procession-maven-plugin</artifactId>
                    <configuration>
                      <minify>yes</minify>
                      <encoding>no-charset</encoding>
                      <compress>
                        <format/>
                      </compress>
                      <bundles>
                        <bundle>
                          <name>both</name>
                          <includes>
                            <include>app.js</include>
                          </includes>
                          <entry>app.js</entry>
                          <output>both.js</output>
                          <splitting>true</splitting>
                          <sourceMap>inline</sourceMap>
                        </bundle>
                        <bundle>
                          <name>twice</name>
                          <entry>app.js</entry>
                          <entry>lib/z.js</entry>
                          <output>twice.js</output>
                          <allowEmpty>true</allowEmpty>
                          <encoding>windows-1251</encoding>
                          <sizeReport>no</sizeReport>
                          <output>twice.js</output>
                          <define>
                            <DEBUG>1</DEBUG>
                            <DEBUG>2</DEBUG>
                            <property><name>process.env.A</name><value>1</value></property>
                            <property><name>process.env.B</name><value>1</value></property>
                            <property><name>process.env.A</name><value>2</value></property>
                          </define>
                          <budgets>100kB</budgets>
                        </bundle>
                        <bundle>app.js</bundle>
                      </bundles>
                    </configuration>
                  </plugin>
                </plugins>
              </build>
            </project>
            """;

    @TempDir
    Path directory;

    private final Log log = mock(Log.class);
    private final Model model = new Model();
    private final MojoExecution execution = MavenStandIn.execution();

    @Provides
    MavenProject project() throws Exception {
        Path base = directory.toRealPath();
        model.setGroupId("shop");
        model.setArtifactId("shop");
        model.setVersion("1.2");
        model.setPackaging("jar");
        Build build = new Build();
        build.setDirectory(base.resolve("target").toString());
        build.setOutputDirectory(base.resolve("target/classes").toString());
        build.setFinalName("shop-1.2");
        model.setBuild(build);
        MavenProject project = new MavenProject(model);
        project.setFile(base.resolve("pom.xml").toFile());
        Files.createDirectories(base.resolve("src/main/js/lib"));
        Files.writeString(base.resolve("src/main/js/app.js"), "app();\n");
        Files.writeString(base.resolve("src/main/js/app.test.js"), "test();\n");
        Files.writeString(base.resolve("src/main/js/lib/z.js"), "z()");
        return project;
    }

    @Provides
    MavenSession session() throws Exception {
        return MavenStandIn.session(directory);
    }

    @Provides
    MojoExecution execution() {
        lenient().when(execution.getExecutionId()).thenReturn("default");
        return execution;
    }

    @Provides
    Log log() {
        return log;
    }

    private String info() {
        ArgumentCaptor<String> line = ArgumentCaptor.forClass(String.class);
        verify(log, times(1)).info(line.capture());
        return line.getValue();
    }

    @Test
    @InjectMojo(goal = "bundle-js", pom = POM)
    @MojoParameter(name = "workers", value = "1")
    void execute_configuredPom_bundlesAndSaysSoInOneLine(BundleJsMojo mojo) throws Exception {
        mojo.execute();
        Path web = directory.resolve("target/classes/META-INF/resources");
        assertEquals("/*! 1.2 */\nz()\n;\napp();\n", Files.readString(web.resolve("js/shop.js")));
        assertTrue(Files.exists(web.resolve("app.js.map")));
        assertTrue(
                info().matches("bundled 2 files \\(10 B\\) into 2 bundles with 1 worker in [0-9.]+ s:"
                        + " target/classes/META-INF/resources"),
                info());
        verify(log, never()).warn(anyString());
    }

    @Test
    @InjectMojo(goal = "bundle-js", pom = CONDITIONS)
    void execute_conditionalIncludes_countWhenTheyHold(BundleJsMojo mojo) throws Exception {
        mojo.execute();
        Path web = directory.resolve("target/classes/META-INF/resources");
        assertEquals("app();\n", Files.readString(web.resolve("app.js")));
        model.addProperty("debug", "true");
        model.addProperty("env", "prod");
        mojo.execute();
        assertEquals("app();\ntest();\nz()\n", Files.readString(web.resolve("app.js")));
    }

    @Test
    @InjectMojo(goal = "bundle-js", pom = CONDITIONS)
    void execute_bundleWritten_isToldInProperties(BundleJsMojo mojo) throws Exception {
        mojo.execute();
        java.util.Properties properties = model.getProperties();
        assertEquals("app.js", properties.getProperty("procession.bundle.shop.file"));
        assertEquals("7", properties.getProperty("procession.bundle.shop.bytes"));
        assertTrue(properties.getProperty("procession.bundle.shop.integrity").startsWith("sha384-"));
        properties.clear();
        mojo.execute();
        assertEquals("app.js", properties.getProperty("procession.bundle.shop.file"), "also when nothing is done");
    }

    @Test
    @InjectMojo(goal = "bundle-js", pom = POM)
    @MojoParameter(name = "workers", value = "0")
    @MojoParameter(name = "timeline", value = "true")
    void execute_timelineWithoutWorkers_drawsTheTasksOfThisJvm(BundleJsMojo mojo) throws Exception {
        mojo.execute();
        String page;
        // Its name has that of the execution, which is the harness's.
        try (DirectoryStream<Path> pages =
                Files.newDirectoryStream(directory.resolve("target/procession"), "timeline-bundle-js*.html")) {
            page = Files.readString(pages.iterator().next());
        }
        // Spans with words: those that the record of this JVM has of its tasks.
        assertTrue(page.contains("\"x\":{\"0\":\""), page.substring(page.indexOf("application/json")));
    }

    @Test
    @InjectMojo(goal = "bundle-js", pom = MISTAKES)
    void execute_mistakesThatOnlyThePomShows_areToldTogether(BundleJsMojo mojo) throws Exception {
        Xpp3Dom pom = Xpp3DomBuilder.build(new StringReader(MISTAKES));
        Xpp3Dom plugin = pom.getChild("build").getChild("plugins").getChild("plugin");
        lenient().when(execution.getConfiguration()).thenReturn(plugin.getChild("configuration"));
        MojoFailureException failure = assertThrows(MojoFailureException.class, mojo::execute);
        String message = failure.getMessage();
        for (String line : java.util.List.of(
                "<minify>yes</minify>: must be one of true, false",
                "<encoding>no-charset</encoding>: is no charset this Java knows",
                "<output>twice.js</output> of bundle twice: is the second one, and only one counts; remove one",
                "<DEBUG>2</DEBUG> of bundle twice: is the second one, and only one counts; remove one",
                "<property>process.env.A</property> of bundle twice: is the second one, and only one counts; remove one",
                "<compress></compress> of bundle both: is no format",
                "<includes> of bundle both join files, and <entry> begins a bundle of modules; remove one",
                "<splitting>true</splitting> of bundle both: is for bundles of modules",
                "<sourceMap>inline</sourceMap> of bundle both: must be one of true, false",
                "<entry>lib/z.js</entry> of bundle twice: is the second one, and only one counts; put all of them into <entries>",
                "<allowEmpty>true</allowEmpty> of bundle twice: is for bundles that join <includes>",
                "<encoding>windows-1251</encoding> of bundle twice: is not UTF-8",
                "<sizeReport>no</sizeReport> of bundle twice: must be one of true, false",
                "<budgets>100kB</budgets> of bundle twice: is no element; write <raw>",
                "<bundles> holds app.js where a <bundle> with its elements must be")) {
            assertTrue(message.contains("  - " + line), line + "\n" + message);
        }
        assertFalse(message.contains("process.env.B"), message);
    }

    @Test
    @InjectMojo(goal = "bundle-js", pom = POM)
    @MojoParameter(name = "workers", value = "0x")
    void execute_userMistake_failsWithTheMessageOnly(BundleJsMojo mojo) {
        MojoFailureException failure = assertThrows(MojoFailureException.class, mojo::execute);
        assertEquals("<workers> must be auto or a number from 0 to 256: workers=0x", failure.getMessage());
        assertInstanceOf(BundleFailedException.class, failure.getCause());
        assertTrue(Files.notExists(directory.resolve("target")));
    }

    @Test
    @InjectMojo(goal = "bundle-js", pom = POM)
    @MojoParameter(name = "skip", value = "true")
    void execute_skipped_doesNothing(BundleJsMojo mojo) throws Exception {
        mojo.execute();
        assertEquals("skipped", info());
        assertTrue(Files.notExists(directory.resolve("target")));
    }

    @Test
    @InjectMojo(goal = "bundle-js", pom = POM)
    @MojoParameter(name = "skip", value = "maybe")
    void execute_skipThatIsNeitherYesNorNo_fails(BundleJsMojo mojo) {
        MojoFailureException failure = assertThrows(MojoFailureException.class, mojo::execute);
        assertEquals("<skip>maybe</skip>: must be one of true, false", failure.getMessage());
        assertTrue(Files.notExists(directory.resolve("target")));
    }

    @Test
    @InjectMojo(goal = "bundle-js", pom = POM)
    void execute_springBootProject_writesToStatic(BundleJsMojo mojo) throws Exception {
        Plugin boot = new Plugin();
        boot.setGroupId("org.springframework.boot");
        boot.setArtifactId("spring-boot-maven-plugin");
        model.getBuild().addPlugin(boot);
        mojo.execute();
        assertTrue(Files.exists(directory.resolve("target/classes/static/js/shop.js")));
    }
}
