package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The goals on the newest Maven of each line, with the JDK of this build and with JDK 25 where one is found: the newest
 * Maven with JDK 25 and the one that is used most with the JDK of this build, and every pair in the profile {@code long}.
 */
class OtherMavensIT {
    private static final String MOST_USED = "apache-maven-3.9.16";

    /**
     * One pair.
     *
     * @param maven its home
     * @param java its home
     */
    record Pair(Path maven, Path java) {
        MavenBuild build(ProjectCopy project, String... arguments) {
            return MavenBuild.of(project, arguments).on(maven, java);
        }

        String name() {
            return maven.getFileName() + "-" + java.getFileName();
        }

        @Override
        public String toString() {
            return name();
        }
    }

    static List<Pair> pairs() throws IOException {
        Path thisJava = Path.of(System.getProperty("java.home"));
        Path newJava = jdk25(thisJava);
        List<Path> mavens = new ArrayList<>();
        try (Stream<Path> folders = Files.list(Surroundings.otherMavens())) {
            folders.filter(folder -> Files.isRegularFile(folder.resolve("bin/mvn")))
                    .sorted()
                    .forEach(mavens::add);
        }
        assertEquals(3, mavens.size(), mavens::toString);
        Path newestMaven = mavens.get(mavens.size() - 1);
        List<Pair> pairs = new ArrayList<>();
        for (Path maven : mavens) {
            if (Surroundings.everything()
                    || maven.endsWith(MOST_USED)
                    || (newJava == null && maven.equals(newestMaven))) {
                pairs.add(new Pair(maven, thisJava));
            }
        }
        if (newJava == null) {
            System.out.println("no JDK 25 beside " + thisJava + ": the goals are not run on it");
        } else {
            pairs.add(new Pair(newestMaven, newJava));
            if (Surroundings.everything()) {
                pairs.add(new Pair(Surroundings.mavenHome(), newJava));
            }
        }
        return pairs;
    }

    private static @Nullable Path jdk25(Path thisJava) throws IOException {
        Path folder = thisJava.getParent();
        if (folder == null) {
            return null;
        }
        try (Stream<Path> siblings = Files.list(folder)) {
            return siblings.filter(OtherMavensIT::isJdk25).findFirst().orElse(null);
        }
    }

    private static boolean isJdk25(Path home) {
        try {
            return Files.isExecutable(home.resolve("bin/javac"))
                    && Files.readAllLines(home.resolve("release")).stream()
                            .anyMatch(line -> line.startsWith("JAVA_VERSION=\"25"));
        } catch (IOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void bundleJs_onAnotherMaven_works(Pair pair) throws Exception {
        ProjectCopy shop = ProjectCopy.storefront("other-" + pair.name());
        // Modules in the same build: their engine is found by each Maven's own resolver.
        shop.replace("pom.xml", "        </executions>", """
                          <execution>
                            <id>modules</id>
                            <goals>
                              <goal>bundle-js</goal>
                            </goals>
                            <configuration>
                              <bundles combine.self="override">
                                <bundle>
                                  <entry>../ts/app.ts</entry>
                                  <output>app.js</output>
                                </bundle>
                              </bundles>
                            </configuration>
                          </execution>
                        </executions>""");
        shop.write("src/main/ts/app.ts", "import { n } from './n';\nconsole.log(n as number);\n");
        shop.write("src/main/ts/n.ts", "export const n: number = 7;\n");

        BuildResult first = pair.build(shop, "process-resources").run().assertSuccess();
        first.line("[INFO] bundled 12 files", "with 2 workers");
        first.line("[INFO] bundled 2 files", "into 1 bundle", "app.js");
        BundleContent.assertComplete(shop);
        assertNoWarningOfOurs(first);

        BuildResult second = pair.build(shop, "process-resources").run().assertSuccess();
        second.line("[INFO] 12 files", "up to date");
        second.line("[INFO] 2 files", "up to date", "app.js");

        pair.build(shop, "process-resources", "-Dprocession.encoding=UTF-99")
                .run()
                .assertError("<encoding>", "UTF-99");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void goals_oneAfterTheOtherWithoutAProjectOnAnotherMaven_work(Pair pair) throws Exception {
        ProjectCopy folder = ProjectCopy.empty("other-none-" + pair.name());
        folder.write("heap/a.txt", "one");
        folder.write("heap/b/a.txt", "two");
        String plugin = "dev.procession:procession-maven-plugin:" + SampleCopy.version("lecture-hall") + ":";

        BuildResult worked = pair.build(
                        folder,
                        plugin + "sort-files",
                        plugin + "demo",
                        "-Dprocession.sort.source=heap",
                        "-Dprocession.sort.output=sorted",
                        "-Dprocession.demo.example=01,03")
                .run()
                .assertSuccess();
        worked.line("[INFO] sorted 2 files");
        worked.line("[INFO] demo: 2 examples");
        assertNoWarningOfOurs(worked);

        BuildResult told = pair.build(
                        folder,
                        plugin + "sessions",
                        plugin + "help",
                        "-Ddetail",
                        "-Dprocession.sessions=" + folder.path("none"))
                .run()
                .assertSuccess();
        told.line("[INFO] no sessions: " + folder.path("none") + " does not exist");
        for (String goal : List.of(
                "procession:bundle-js",
                "procession:sort-files",
                "procession:demo",
                "procession:sessions",
                "procession.sessions.clean")) {
            told.line(goal);
        }
        assertNoWarningOfOurs(told);
    }

    private static void assertNoWarningOfOurs(BuildResult build) {
        assertEquals(
                List.of(),
                build.lines("[WARNING]")
                        .filter(line -> line.contains("procession"))
                        .toList(),
                build::toString);
    }
}
