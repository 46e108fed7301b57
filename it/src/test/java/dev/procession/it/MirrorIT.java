package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bundles of modules where nothing is known yet but a mirror that is a folder, as behind a company's wall. */
@Timeout(180)
class MirrorIT {

    @Test
    void build_emptyRepositoryAndMirrorOfFiles_worksThenOfflineWithoutTheMirror() throws Exception {
        ProjectCopy project = ProjectCopy.empty("mirror");
        ProjectCopy broken = SampleCopy.of("broken", "mirror/project");
        broken.write("src/main/js/right/app.ts", "import { h } from 'preact';\nconsole.log(h);\n");
        broken.replace("pom.xml", "\n  <build>\n", """

                  <dependencies>
                    <dependency>
                      <groupId>org.webjars.npm</groupId>
                      <artifactId>preact</artifactId>
                      <version>10.28.0</version>
                      <scope>provided</scope>
                    </dependency>
                  </dependencies>
                  <build>
                """);
        Path mirror = mirror(project.path("repository of the company"));
        project.write("settings.xml", """
                <settings>
                  <mirrors><mirror><id>company</id><mirrorOf>*</mirrorOf><url>%s</url></mirror></mirrors>
                  <profiles><profile><id>snapshots</id>
                    <pluginRepositories><pluginRepository>
                      <id>snapshots</id><url>http://nowhere.invalid/</url>
                      <snapshots><enabled>true</enabled><checksumPolicy>ignore</checksumPolicy></snapshots>
                    </pluginRepository></pluginRepositories>
                  </profile></profiles>
                  <activeProfiles><activeProfile>snapshots</activeProfile></activeProfiles>
                </settings>
                """.formatted(mirror.toUri()));

        build(project, broken).run().assertSuccess().line("[INFO] bundled 2 files");
        assertTrue(Files.isDirectory(project.path("local/org/webjars/npm")), "the engine came through the mirror");

        // Nothing but the local repository is left, and what the machine has unpacked is gone as well.
        Files.move(mirror, project.path("gone"));
        broken.write("src/main/js/right/app.ts", "import { render } from 'preact';\nconsole.log(render);\n");
        try (Stream<Path> engines = Files.list(project.path("cache"))) {
            assertTrue(engines.findAny().isPresent());
        }
        Files.move(project.path("cache"), project.path("old cache"));
        build(project, broken).with("-o").run().assertSuccess().line("[INFO] bundled 2 files");
        assertTrue(broken.read("target/classes/META-INF/resources/app.js").length() > 1000, "preact is in it");
    }

    private static MavenBuild build(ProjectCopy project, ProjectCopy broken) {
        return MavenBuild.of(broken, "process-resources", "-Dcase=right")
                .apart(project.path("settings.xml"), project.path("local"), project.path("cache"));
    }

    /** All that the outer build has, and what is under test. */
    private static Path mirror(Path place) throws IOException {
        Path outer = Surroundings.outerRepository();
        Path staged = Surroundings.localRepository().resolve("dev/procession");
        Files.createDirectories(place.resolve("dev"));
        link(outer, place, "dev");
        if (Files.isDirectory(outer.resolve("dev"))) {
            link(outer.resolve("dev"), place.resolve("dev"), "procession");
        }
        Files.createSymbolicLink(place.resolve("dev/procession"), staged);
        return place;
    }

    private static void link(Path from, Path to, String except) throws IOException {
        try (Stream<Path> children = Files.list(from)) {
            for (Path child : children.toList()) {
                String name = String.valueOf(child.getFileName());
                if (!name.equals(except) && Files.isDirectory(child)) {
                    Files.createSymbolicLink(to.resolve(name), child);
                }
            }
        }
    }
}
