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
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every command that the pages show is run as it stands there: in the sample whose page shows it or that the page speaks
 * of, else in a directory with two heaps of files in it. A command that nothing here knows how to run fails. {@link
 * PlainJavaIT} runs those of its page.
 */
class DocumentedCommandsIT {
    /** The build that runs these tests is this command. */
    private static final Set<String> THIS_BUILD = Set.of("mvn -B verify");

    /** Commands within sentences that nothing here runs, and why. */
    private static final Map<String, String> LEFT_TO_OTHERS = Map.of(
            "mvn spotless:apply", "it rewrites sources; each build checks that there is nothing for it to do",
            "mvn clean", "each page says what it does to what the goal has written; nothing of ours runs in it",
            "mvn verify", "DemoIT runs it in the sample",
            "mvn -B -Plong verify", "the long run is this command",
            "mvn -Plong -pl models verify", "a part of the long run",
            "mvn -Pbench -DskipTests -pl benchmarks -am verify", "it measures for hours, on a machine that does nothing else",
            "mvn -B -Prelease -DskipTests -pl .,primitives,plugin deploy", "it publishes",
            "mvn verify -Dtest=NoSuchTest -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dit.test=dev/procession/it/DemoPageIT -Dfailsafe.failIfNoSpecifiedTests=false",
                    "a part of this build");

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

    @Test
    void commands_withinSentences_areRunOrLeftToOthersForAReason() throws IOException {
        Set<String> run = DocumentedCommand.all(Surroundings.repository()).stream()
                .map(command -> String.join(" ", command.words()))
                .collect(Collectors.toSet());
        Set<String> rest = DocumentedCommand.inText(Surroundings.repository()).stream()
                .map(command -> String.join(" ", command.words()))
                .filter(command -> !run.contains(command))
                .collect(Collectors.toSet());
        assertEquals(new TreeSet<>(LEFT_TO_OTHERS.keySet()), new TreeSet<>(rest));
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
                if (ofTheRepository) {
                    // One of them installs the plugin, which must not take the place of the one that is staged.
                    build.apart(
                            InnerSettings.file(),
                            place.path("target/repository"),
                            Surroundings.directory().resolve("cache"));
                }
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
