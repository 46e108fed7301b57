package dev.procession.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A project whose {@code src/index.js} is bundled by a plugin of Maven: by this one, and by its peers. */
final class BundleProject {
    static final String THREE = "0.181.1";
    static final String MVNPM = "io.mvnpm:esbuild-maven-plugin:2.0.0";
    static final String FRONTEND = "com.github.eirslett:frontend-maven-plugin:1.15.1";

    /** A line that says something. */
    private static final Pattern ERROR = Pattern.compile("ERROR.*[a-z]{3}");

    private static final int MOST_OF_ERROR = 200;

    private static final String POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>dev.procession.bench</groupId>
              <artifactId>bench</artifactId>
              <version>1</version>
              <properties>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                <out>target</out>
                <stamp>0</stamp>
              </properties>
              <dependencies>%s</dependencies>
              <build>
                <directory>${out}</directory>
                <plugins>
                  <plugin>
                    <groupId>dev.procession</groupId>
                    <artifactId>procession-maven-plugin</artifactId>
                    <version>%s</version>
                    <configuration>
                      <sourceDirectory>src</sourceDirectory>
                      <cacheDirectory>%s</cacheDirectory>
                      <bundles>
                        <bundle>
                        <entry>index.js</entry>
                        <output>shop.js</output>
                        <!-- Nobody uses it; another value makes a new bundle of the same bytes. -->
                        <define><STAMP>${stamp}</STAMP></define>
                        </bundle>
                      </bundles>
                    </configuration>
                  </plugin>
                  <plugin>
                    <groupId>io.mvnpm</groupId>
                    <artifactId>esbuild-maven-plugin</artifactId>
                    <version>2.0.0</version>
                    <dependencies>
                      <!-- It uses this, and leaves it to Maven, of which not every version shows it to plugins. -->
                      <dependency>
                        <groupId>org.apache.maven.resolver</groupId>
                        <artifactId>maven-resolver-util</artifactId>
                        <version>1.6.3</version>
                      </dependency>
                    </dependencies>
                    <configuration>
                      <sourceDirectory>${mvnpm.source}</sourceDirectory>
                      <outputDirectory>${out}/mvnpm</outputDirectory>
                    </configuration>
                  </plugin>
                  <plugin>
                    <groupId>com.github.eirslett</groupId>
                    <artifactId>frontend-maven-plugin</artifactId>
                    <version>1.15.1</version>
                    <configuration>
                      <arguments>run --silent bundle</arguments>
                      <environmentVariables><OUT>${out}/frontend</OUT></environmentVariables>
                    </configuration>
                  </plugin>
                </plugins>
              </build>
            </project>
            """;

    private final Path directory;
    private final String goal;

    /**
     * Written.
     *
     * @param directory where {@code src/index.js} is
     * @param packages names of WebJars of npm packages, with versions
     */
    BundleProject(Setting setting, Path directory, Map<String, String> packages) throws IOException {
        this.directory = directory;
        goal = MavenRuns.PLUGIN + ":" + setting.version() + ":bundle-js";
        StringBuilder dependencies = new StringBuilder();
        packages.forEach((name, version) -> dependencies.append(
                "<dependency><groupId>org.webjars.npm</groupId><artifactId>%s</artifactId><version>%s</version></dependency>"
                        .formatted(name, version)));
        Files.writeString(
                directory.resolve("pom.xml"),
                POM.formatted(dependencies, setting.version(), setting.directory("cache")));
    }

    /** A goal with its arguments, into a build directory. */
    interface Goal {
        List<String> into(Path output);
    }

    /** What any build of this project takes: no plugin is loaded. */
    Goal bare() {
        return output -> List.of("validate");
    }

    /** What any build takes that runs a goal of this plugin. */
    Goal floor() {
        return output -> List.of(goal, "-Dprocession.bundle-js.skip=true");
    }

    /** A goal that only starts a program; it is loaded and does nothing when there is none. */
    Goal start(List<String> command) {
        return output -> command.isEmpty() ? StartPlugin.nothing() : StartPlugin.start(command);
    }

    Goal ours() {
        return output -> List.of(goal, "-Dout=" + output);
    }

    /** Into a build directory in which the npm packages are laid out; a new bundle each time. */
    Goal oursAgain(int stamp) {
        return output -> List.of(goal, "-Dout=" + output, "-Dstamp=" + stamp);
    }

    /**
     * esbuild through mvnpm's plugin; these sources must hold the packages, too. It takes all paths for
     * relative ones, and makes the {@code node_modules} of its project its own.
     */
    Goal mvnpm(Path sources) {
        return output -> List.of(
                MVNPM + ":esbuild",
                "-Dmvnpm.source=" + directory.relativize(sources),
                "-Dout=" + directory.relativize(output));
    }

    /** esbuild through npm through frontend-maven-plugin; Node is the installed one. */
    Goal frontend() {
        return output -> List.of(FRONTEND + ":npm", "-Dout=" + output);
    }

    Spent run(MavenRuns maven, Goal of, Path output) throws IOException, InterruptedException {
        return maven.run(directory, of.into(output));
    }

    /** Lets Maven fetch what a goal needs; if it cannot, the report says so. */
    boolean prepare(MavenRuns maven, Goal of, Path output, String peer, Report report) throws InterruptedException {
        try {
            maven.prepare(directory, of.into(output));
            return true;
        } catch (IOException e) {
            report.note(peer + " is left out, since it cannot be fetched or does not run here: "
                    + String.valueOf(e.getMessage())
                            .lines()
                            .filter(line -> ERROR.matcher(line).find())
                            .map(line -> line.substring(0, Math.min(line.length(), MOST_OF_ERROR)))
                            .findFirst()
                            .orElse("it failed"));
            return false;
        }
    }

    /** Puts Node and npm where frontend-maven-plugin would install its own.
     */
    void linkNode() throws IOException {
        Path node = Commands.find("node").orElseThrow().toRealPath();
        Path npm = Commands.find("npm").orElseThrow().toRealPath();
        Path place = Files.createDirectories(directory.resolve("node/node_modules"));
        if (!Files.exists(place.resolve("npm"))) {
            Files.createSymbolicLink(place.resolveSibling("node"), node);
            // It lies at npm/bin/npm-cli.js.
            Files.createSymbolicLink(
                    place.resolve("npm"), npm.resolveSibling("").resolveSibling(""));
        }
    }
}
