package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The layouts of {@code sort-files} in real Maven, on a heap of everything that is nasty. */
@EnabledOnOs(OS.LINUX)
class SortLayoutsIT {

    @Test
    void goal_nastyHeapByContentForWindows_isCompleteUnpackedAndUndone() throws Exception {
        ProjectCopy directory = ProjectCopy.empty("nasty");
        NastyHeap heap = NastyHeap.write(directory.path("heap"));
        assertEquals(List.of(), heap.notMade());
        String[] arguments = {
            goal("sort-files"),
            "-Dprocession.sort.source=heap",
            "-Dprocession.sort.output=sorted",
            "-Dprocession.sort.layout=content",
            "-Dprocession.sort.names=windows",
            "-Dprocession.sort.archives=unpack",
            "-Dprocession.sort-files.failOnError=false"
        };
        BuildResult build = MavenBuild.of(directory, arguments)
                .environment("LC_ALL", "C")
                .run()
                .assertSuccess();
        String line = build.line("[INFO] sorted", " into ", " 1 archive unpacked, ", " failed: sorted");
        assertTrue(line.contains("sorted " + heap.files().size() + " files "), line);
        build.line("[WARNING]", "escape.zip is refused: its entry ../../escaped.txt leads out of it");
        build.line("[WARNING]", "absolute.zip is refused: its entry /tmp/escaped.txt is absolute");

        Path sorted = directory.path("sorted");
        List<Path> outputs = files(sorted);
        assertEquals(
                contents(heap.files()),
                contents(outputs.stream()
                        .filter(path -> !path.endsWith("good/їжак/inside.txt"))
                        .toList()));
        for (Path output : outputs) {
            String name = sorted.relativize(output).toString();
            assertFalse(name.matches("(?s).*[<>:\"|?*\\\\\\x00-\\x1f].*"), name);
            for (Path part : sorted.relativize(output)) {
                assertFalse(part.toString().matches("(?i)(con|nul|aux|com1)(\\..*)?|.*[. ]"), name);
            }
        }
        assertTrue(Files.exists(sorted.resolve("images/picture called a text.txt")));
        assertTrue(Files.exists(sorted.resolve("documents/text called a picture.png")));
        assertEquals("inside", Files.readString(sorted.resolve("archives/good/їжак/inside.txt")));
        String report = Files.readString(directory.path("procession-out/sort-files.json"));
        assertTrue(report.contains("\"files\": " + heap.files().size()), report);

        MavenBuild.of(directory, arguments)
                .run()
                .assertSuccess()
                .line("[INFO] sorted " + heap.files().size(), " 0 copied, ", " unchanged");

        MavenBuild.of(directory, goal("undo-sort"), "-Dprocession.sort.output=sorted")
                .run()
                .assertSuccess();
        assertEquals(List.of(), files(sorted));
        assertEquals(heap.files().size(), files(directory.path("heap")).size());
    }

    @Test
    void package_sampleByTemplate_isTransliterated() throws Exception {
        ProjectCopy directory = ProjectCopy.empty("template");
        directory.write("heap/вечірка/їжак і сова.txt", "owl\n");
        directory.write("heap/Знам'янка.md", "town\n");
        directory.write("pom.xml", """
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
                        <executions>
                          <execution>
                            <phase>package</phase>
                            <goals>
                              <goal>sort-files</goal>
                            </goals>
                            <configuration>
                              <source>heap</source>
                              <output>target/sorted</output>
                              <template>{category}/{parent}</template>
                              <names>transliterate</names>
                              <excludes>
                                <exclude>**/*.tmp</exclude>
                              </excludes>
                            </configuration>
                          </execution>
                        </executions>
                      </plugin>
                    </plugins>
                  </build>
                </project>
                """.formatted(version()));
        directory.write("heap/left.tmp", "x");
        MavenBuild.of(directory, "package").run().assertSuccess().line("[INFO] sorted 2 files", ": target/sorted");
        assertEquals("owl\n", directory.read("target/sorted/documents/vechirka/yizhak i sova.txt"));
        assertEquals("town\n", directory.read("target/sorted/documents/heap/Znamianka.md"));
        assertTrue(directory.read("target/procession/sort-files.txt").contains("documents: 2 files"));

        directory.replace("pom.xml", "{parent}", "{paernt}");
        MavenBuild.of(directory, "package")
                .run()
                .assertError("<template>{category}/{paernt}</template>: there is no {paernt}; did you mean {parent}?");
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

    private static List<String> contents(List<Path> files) throws IOException {
        List<String> contents = new ArrayList<>();
        for (Path file : files) {
            contents.add(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        }
        Collections.sort(contents);
        return contents;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .filter(path -> !directory.relativize(path).startsWith(".procession"))
                    .toList();
        }
    }
}
