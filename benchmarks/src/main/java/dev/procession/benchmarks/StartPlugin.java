package dev.procession.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A plugin for Maven that only starts a program: no goal that does so can cost less. */
final class StartPlugin {
    static final String SEPARATOR = "\n";

    private static final String GROUP = "dev.procession.bench";
    private static final String ARTIFACT = "start-maven-plugin";
    private static final String VERSION = "1";
    private static final String GOAL = GROUP + ":" + ARTIFACT + ":" + VERSION + ":start";

    /** {@link StartMojo}, by its name: only Maven can load it. */
    private static final String MOJO = StartPlugin.class.getPackageName() + ".StartMojo";

    private static final String POM = """
            <project>
              <modelVersion>4.0.0</modelVersion>
              <groupId>%s</groupId>
              <artifactId>%s</artifactId>
              <version>%s</version>
              <packaging>maven-plugin</packaging>
            </project>
            """.formatted(GROUP, ARTIFACT, VERSION);

    private static final String DESCRIPTOR = """
            <plugin>
              <groupId>%s</groupId>
              <artifactId>%s</artifactId>
              <version>%s</version>
              <goalPrefix>start</goalPrefix>
              <mojos>
                <mojo>
                  <goal>start</goal>
                  <requiresProject>true</requiresProject>
                  <requiresDependencyResolution>compile+runtime</requiresDependencyResolution>
                  <implementation>%s</implementation>
                  <language>java</language>
                  <instantiationStrategy>per-lookup</instantiationStrategy>
                  <executionStrategy>once-per-session</executionStrategy>
                  <parameters>
                    <parameter><name>command</name><type>java.lang.String</type></parameter>
                  </parameters>
                  <configuration>
                    <command implementation="java.lang.String">${start.command}</command>
                  </configuration>
                </mojo>
              </mojos>
            </plugin>
            """.formatted(GROUP, ARTIFACT, VERSION, MOJO);

    private StartPlugin() {}

    /** The arguments of a build that only loads the plugin. */
    static List<String> nothing() {
        return List.of(GOAL);
    }

    /** The arguments of a build that starts a program. */
    static List<String> start(List<String> command) {
        return List.of(GOAL, "-Dstart.command=" + String.join(SEPARATOR, command));
    }

    /** Puts it into a local repository. */
    static void install(Path repository) throws IOException {
        Path directory = Files.createDirectories(
                repository.resolve(GROUP.replace('.', '/')).resolve(ARTIFACT).resolve(VERSION));
        String file = ARTIFACT + "-" + VERSION;
        Files.writeString(directory.resolve(file + ".pom"), POM);
        String code = MOJO.replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(directory.resolve(file + ".jar")));
                InputStream in = StartPlugin.class.getClassLoader().getResourceAsStream(code)) {
            jar.putNextEntry(new JarEntry("META-INF/maven/plugin.xml"));
            jar.write(DESCRIPTOR.getBytes(StandardCharsets.UTF_8));
            jar.putNextEntry(new JarEntry(code));
            Objects.requireNonNull(in).transferTo(jar);
        }
    }
}
