package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** {@code sort-files} in real Maven: bound to a phase of the sample, again, and in a directory without a project. */
class SortFilesIT {
    private static final int FILES = 33;

    @Test
    void package_sample_isSortedAndSoOnlyOnce() throws Exception {
        ProjectCopy library = library("library");

        BuildResult first = MavenBuild.of(library, "package").run().assertSuccess();
        String result = first.line("[INFO] sorted");
        assertTrue(
                result.matches("\\[INFO] sorted 33 files \\([\\d.]+ kB\\) into 16 folders in [\\d.]+ s,"
                        + " 8 renamed, 0 unchanged: target/sorted"),
                result);
        assertEquals(0, first.lines("[WARNING]").count(), first::toString);
        assertSorted(library.path("src/heap"), library.path("target/sorted"));
        assertEquals(
                "tape 4 is mislabelled: it is the concert, not the wedding\n",
                library.read("target/sorted/txt/notes (3).txt"));
        String stamp = ProjectCopy.stamp(library.path("target/sorted/txt/notes (3).txt"));

        BuildResult second = MavenBuild.of(library, "package").run().assertSuccess();
        second.line("[INFO] sorted 33 files", " 0 copied, 33 unchanged: target/sorted");
        assertEquals(stamp, ProjectCopy.stamp(library.path("target/sorted/txt/notes (3).txt")));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void package_sampleUnderLocaleC_isSortedAlike() throws Exception {
        ProjectCopy library = library("library-c");
        // What is drawn is done by workers, which must read the names in the same way.
        BuildResult build = MavenBuild.of(library, "package", "-Dprocession.timeline=true")
                .environment("LC_ALL", "C")
                .run()
                .assertSuccess();
        build.line("[INFO] sorted 33 files", " with 2 workers in ", " 8 renamed, ");
        assertSorted(library.path("src/heap"), library.path("target/sorted"));
    }

    @Test
    void goal_directoryWithoutProject_isSorted() throws Exception {
        ProjectCopy directory = ProjectCopy.empty("no-project");
        copy(Surroundings.samples().resolve("media-library/src/heap"), directory.path("heap"));
        String[] arguments = {goal(), "-Dprocession.sort.source=heap", "-Dprocession.sort.output=heap/sorted"};

        MavenBuild.of(directory, arguments)
                .run()
                .assertSuccess()
                .line("[INFO] sorted 33 files", " into 16 folders in ", " 8 renamed, 0 unchanged: heap/sorted");
        assertEquals(FILES, files(directory.path("heap/sorted")).size());

        directory.write("heap/phone/new/notes.txt", "one more\n");
        MavenBuild.of(directory, arguments)
                .run()
                .assertSuccess()
                .line("[INFO] sorted 34 files", " 1 copied, 1 renamed, 33 unchanged: heap/sorted");
        assertEquals("one more\n", directory.read("heap/sorted/txt/notes (5).txt"));
    }

    @Test
    void goal_userMistakes_nameElementAndWayOut() throws Exception {
        ProjectCopy directory = ProjectCopy.empty("sort-mistakes");
        MavenBuild.of(directory, goal()).run().assertError("<source> is missing", "-Dprocession.sort.source=...");
        MavenBuild.of(directory, goal(), "-Dprocession.sort.source=heep", "-Dprocession.sort.output=out")
                .run()
                .assertError("<source>heep</source>", "does not exist");
        assertFalse(Files.exists(directory.path("out")));
    }

    /** The plugin by its coordinates: without a project there is no other way to name it. */
    private static String goal() throws IOException {
        Matcher version = Pattern.compile("<procession.version>(.*)</procession.version>")
                .matcher(Files.readString(Surroundings.samples().resolve("media-library/pom.xml")));
        assertTrue(version.find());
        return "dev.procession:procession-maven-plugin:" + version.group(1) + ":sort-files";
    }

    private static ProjectCopy library(String name) throws IOException {
        ProjectCopy copy = ProjectCopy.empty(name);
        Path sample = Surroundings.samples().resolve("media-library");
        Files.copy(sample.resolve("pom.xml"), copy.path("pom.xml"));
        copy(sample.resolve("src/heap"), copy.path("src/heap"));
        assertEquals(FILES, files(copy.path("src/heap")).size());
        return copy;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path copy = to.resolve(from.relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy);
                }
            }
        }
    }

    /** The same contents in the same number, each under a name that is its own but for a number. */
    private static void assertSorted(Path heap, Path sorted) throws IOException {
        assertArrayEquals(contents(heap), contents(sorted));
        List<String> names = new ArrayList<>();
        for (Path file : files(sorted)) {
            names.add(sorted.relativize(file).toString().replace('\\', '/'));
        }
        assertTrue(names.contains("txt/їжак і сова (2).txt"), names.toString());
        assertTrue(names.contains("тхт/запрошення.ТХТ"), names.toString());
        assertTrue(names.contains("no extension/README (2)"), names.toString());
    }

    private static String[] contents(Path directory) throws IOException {
        List<String> contents = new ArrayList<>();
        for (Path file : files(directory)) {
            contents.add(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        }
        String[] sorted = contents.toArray(String[]::new);
        Arrays.sort(sorted);
        return sorted;
    }

    /** The files below a directory, but for what the goal keeps for itself. */
    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .filter(path -> !directory.relativize(path).startsWith(".procession"))
                    .toList();
        }
    }
}
