package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every command that the pages show is run as it stands there: in the sample whose page shows it or that the page speaks
 * of, else in a directory with two heaps of files in it. A command that nothing here knows how to run fails. {@link
 * PlainJavaIT} runs those of its page.
 */
class DocumentedCommandsIT {
    /** The build that runs these tests is this command. */
    private static final Set<String> THIS_BUILD = Set.of("mvn -B verify");

    /** They build this repository, and take minutes: the long run makes a clone for them. */
    private static final String OF_THE_REPOSITORY = "-pl";

    /** What plays all examples. */
    private static final String ALL_EXAMPLES = "-Dprocession.demo.example=all";

    private static final Map<String, String> SAMPLE_OF_PAGE =
            Map.of("docs/own-examples.md", "lecture-hall", "docs/watch-js.md", "storefront-modules");

    private final Map<String, ProjectCopy> places = new HashMap<>();

    @TestFactory
    Stream<DynamicContainer> command_asThePageShowsIt_works() throws IOException {
        Map<String, List<DynamicTest>> ofPages = new TreeMap<>();
        for (DocumentedCommand command : DocumentedCommand.all(Surroundings.repository())) {
            if (!command.page().equals(PlainJavaIT.PAGE) && !THIS_BUILD.contains(String.join(" ", command.words()))) {
                ofPages.computeIfAbsent(command.page(), page -> new ArrayList<>())
                        .add(DynamicTest.dynamicTest(command.toString(), () -> run(command)));
            }
        }
        assertTrue(ofPages.size() >= 8, "pages with commands: " + ofPages.keySet());
        return ofPages.entrySet().stream()
                .map(page -> DynamicContainer.dynamicContainer(page.getKey(), page.getValue()));
    }

    private void run(DocumentedCommand command) throws Exception {
        List<String> words = command.words();
        boolean ofTheRepository = words.contains(OF_THE_REPOSITORY);
        assumeTrue(
                Surroundings.everything() || (!ofTheRepository && !words.contains(ALL_EXAMPLES)),
                "the long run does that");
        ProjectCopy place = ofTheRepository ? freshClone() : place(command.page());
        switch (command.program()) {
            case "mvn" -> {
                MavenBuild build = MavenBuild.of(place, command.arguments());
                if (String.join(" ", words).contains(":watch-js")) {
                    watch(build);
                } else {
                    build.run().assertSuccess();
                }
            }
            case "java" -> command.java(place);
            default -> throw new AssertionError("nothing here knows how to run " + command.program());
        }
    }

    private ProjectCopy place(String page) throws IOException {
        ProjectCopy known = places.get(page);
        if (known != null) {
            return known;
        }
        String name = "documented-" + page.replaceAll("[^a-zA-Z-]+", "-");
        String sample = page.startsWith("sample-projects/") ? page.split("/", -1)[1] : SAMPLE_OF_PAGE.get(page);
        ProjectCopy place = sample == null ? ProjectCopy.empty(name) : SampleCopy.of(sample, name);
        if (sample == null) {
            for (String heap : List.of("Downloads", "heap")) {
                place.write(heap + "/letter.txt", "a letter");
                place.write(heap + "/more/letter.txt", "another letter");
                place.write(heap + "/more/page.html", "<p>a page</p>");
            }
        }
        places.put(page, place);
        return place;
    }

    /** This repository as a stranger gets it. */
    private ProjectCopy freshClone() throws Exception {
        ProjectCopy known = places.get("");
        if (known == null) {
            assumeTrue(Surroundings.repository().resolve(".git").toFile().exists(), "not in a clone of the repository");
            known = ProjectCopy.empty("documented-clone");
            Process git = new ProcessBuilder(
                            "git",
                            "clone",
                            "-q",
                            Surroundings.repository().toString(),
                            known.path("clone").toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, git.waitFor(), said);
            known = new ProjectCopy(known.path("clone"));
            places.put("", known);
        }
        return known;
    }

    private static void watch(MavenBuild build) throws Exception {
        try (RunningBuild running = build.start()) {
            running.awaitLine("watching, and serving at http://localhost:");
            running.awaitLine("bundled ");
            assertTrue(running.maven().destroy());
            running.await();
            assertFalse(running.log().stream().anyMatch(line -> line.contains("ERROR")), running.log()::toString);
        }
    }
}
