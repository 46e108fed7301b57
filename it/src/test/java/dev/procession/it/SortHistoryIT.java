package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A plan first, and what comes after {@code sort-files}: verified, undone, forgotten; in real Maven. */
class SortHistoryIT {
    private static final String OUTPUT = "-Dprocession.sort.output=sorted";

    @Test
    void goals_directoryWithoutProject_isPlannedReplayedVerifiedUndoneAndForgotten() throws Exception {
        ProjectCopy directory = heap("history");
        Map<String, String> before = files(directory);

        // Planned: nothing but the plan is written.
        MavenBuild.of(
                        directory,
                        goal("sort-files"),
                        "-Dprocession.sort.source=heap",
                        OUTPUT,
                        "-Dprocession.sort.mode=move",
                        "-Dprocession.sort.dryRun")
                .run()
                .assertSuccess()
                .line("[INFO] planned 3 files", "procession-out/sort-files-plan.txt");
        String plan = directory.read("procession-out/sort-files-plan.txt");
        assertTrue(plan.contains("\ttwo/їжак.txt\ttxt/їжак (2).txt\n"), plan);
        assertFalse(Files.exists(directory.path("sorted")));
        assertEquals(before, files(directory));

        // Edited, and a file has changed since: that one stays, all others are moved.
        directory.replace("procession-out/sort-files-plan.txt", "\ttxt/їжак (2).txt", "\tanimals/hedgehog.txt");
        directory.write("heap/one/notes.md", "another text now\n");
        MavenBuild.of(directory, goal("sort-files"), "-Dprocession.sort.replay=procession-out/sort-files-plan.txt")
                .run()
                .assertError("sorted 2 files", "notes.md has changed since the plan was made");
        assertEquals("second\n", directory.read("sorted/animals/hedgehog.txt"));
        assertEquals("first\n", directory.read("sorted/txt/їжак.txt"));
        assertTrue(Files.exists(directory.path("heap/one/notes.md")));
        directory.write("heap/one/notes.md", "notes\n");

        // Verified, and undone: in one call.
        BuildResult undone = MavenBuild.of(directory, goal("verify-sort"), goal("undo-sort"), OUTPUT)
                .run()
                .assertSuccess();
        undone.line("[INFO] verified 2 files", " 0 not as placed: sorted");
        undone.line("[INFO] undone run-1: 2 files put back in ", ": sorted");
        assertEquals(before, files(directory));

        // Undoing was a run, too. A run that is forgotten stays known: a copy that was damaged is found. It cannot be
        // undone any more.
        MavenBuild.of(directory, goal("sort-files"), goal("forget-run"), "-Dprocession.sort.source=heap", OUTPUT)
                .run()
                .assertSuccess()
                .line("[INFO] forgot run-3: 0 files", ": sorted");
        directory.write("sorted/txt/їжак.txt", "fierst\n");
        MavenBuild.of(directory, goal("verify-sort"), OUTPUT)
                .run()
                .assertError("verified 3 files", "1 not as placed", "їжак.txt");
        MavenBuild.of(directory, goal("undo-sort"), OUTPUT)
                .run()
                .assertError("<output>", "remembers no run that could be undone; was it forgotten?");
    }

    @Test
    void package_boundToPhases_isSortedVerifiedAndUndoneByName() throws Exception {
        ProjectCopy project = heap("history-build");
        project.write("pom.xml", """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>g</groupId>
                  <artifactId>a</artifactId>
                  <version>1</version>
                  <packaging>pom</packaging>
                  <build>
                    <plugins>
                      <plugin>
                        <groupId>dev.procession</groupId>
                        <artifactId>procession-maven-plugin</artifactId>
                        <version>%s</version>
                        <configuration>
                          <source>heap</source>
                          <output>target/sorted</output>
                        </configuration>
                        <executions>
                          <execution>
                            <id>sorted</id>
                            <phase>package</phase>
                            <goals>
                              <goal>sort-files</goal>
                              <goal>verify-sort</goal>
                            </goals>
                          </execution>
                        </executions>
                      </plugin>
                    </plugins>
                  </build>
                </project>
                """.formatted(version()));
        BuildResult build = MavenBuild.of(project, "package").run().assertSuccess();
        build.line("[INFO] sorted 3 files", ": target/sorted");
        build.line("[INFO] verified 3 files", " 0 not as placed: target/sorted");
        assertEquals("second\n", project.read("target/sorted/txt/їжак (2).txt"));

        // The configuration of the plugin serves goals on the command line, too.
        MavenBuild.of(project, "procession:undo-sort", "-Dprocession.sort.run=run-7")
                .run()
                .assertError("<run> must be one of run-1: run=run-7");
        MavenBuild.of(project, "procession:undo-sort", "-Dprocession.sort.run=run-1")
                .run()
                .assertSuccess()
                .line("[INFO] undone run-1: 3 files put back", ": target/sorted");
        assertFalse(Files.exists(project.path("target/sorted/txt")));
        assertEquals("first\n", project.read("heap/one/їжак.txt"));
    }

    @Test
    void goals_mistakes_nameElementValueAndWayOut() throws Exception {
        ProjectCopy directory = heap("history-mistakes");
        MavenBuild.of(
                        directory,
                        goal("sort-files"),
                        "-Dprocession.sort.source=heap",
                        OUTPUT,
                        "-Dprocession.sort.mode=mvoe",
                        "-Dprocession.sort.collisions=overwritee",
                        "-Dprocession.sort.layout=categroy",
                        "-Dprocession.sort.keepRuns=none",
                        "-Dprocession.workers=many")
                .run()
                .assertError(
                        "mode=mvoe; is it move?",
                        "collisions=overwritee; is it overwrite?",
                        "keepRuns=none",
                        "layout=categroy; did you mean category?",
                        "<workers> must be",
                        "workers=many");
        assertFalse(Files.exists(directory.path("sorted")));
        MavenBuild.of(directory, goal("undo-sort"))
                .run()
                .assertError("<output> is missing", "-Dprocession.sort.output=...");
        MavenBuild.of(directory, goal("verify-sort"), "-Dprocession.sort.output=heap")
                .run()
                .assertError("<output>heap</output>", "was never sorted into", "name the directory that was");
        MavenBuild.of(directory, goal("sort-files"), "-Dprocession.sort.replay=heap/one/notes.md")
                .run()
                .assertError("<replay>", "notes.md", "is no plan of sort-files");
    }

    private static ProjectCopy heap(String name) throws IOException {
        ProjectCopy directory = ProjectCopy.empty(name);
        directory.write("heap/one/їжак.txt", "first\n");
        directory.write("heap/two/їжак.txt", "second\n");
        directory.write("heap/one/notes.md", "notes\n");
        return directory;
    }

    /** The files of the heap and their contents. */
    private static Map<String, String> files(ProjectCopy directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory.path("heap"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(directory.root().relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    private static String goal(String name) throws IOException {
        return "dev.procession:procession-maven-plugin:" + version() + ":" + name;
    }

    private static String version() throws IOException {
        Matcher version = Pattern.compile("<procession.version>(.*)</procession.version>")
                .matcher(Files.readString(Surroundings.samples().resolve("media-library/pom.xml")));
        assertTrue(version.find());
        return version.group(1);
    }
}
