package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a user gets wrong: the build fails, its errors name the element, the value and the way out without a stack
 * trace, and what an earlier build has written stays as it is. All mistakes are modules of one build that goes on after each
 * of them: most of a build that fails at once is the start of Maven.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {
    private static final String OLD = "/* of an earlier build */\n";

    /** What somebody does to a storefront. */
    private interface Change {
        void make(ProjectCopy shop) throws IOException;
    }

    /**
     * A module of the build.
     *
     * @param name the module's
     * @param change what is wrong
     * @param parts what the errors of the module name
     */
    private record Mistake(String name, Change change, List<String> parts) {
        static Mistake of(String name, Change change, String... parts) {
            return new Mistake(name, change, List.of(parts));
        }

        static Mistake inPom(String name, String right, String wrong, String... parts) {
            return of(name, shop -> shop.replace("pom.xml", right, wrong), parts);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** The second execution writes what the first one has written. */
    private static final Mistake TWO_EXECUTIONS = Mistake.inPom(
            "output-ofTwoExecutions",
            "</executions>",
            "<execution><id>once-more</id><goals><goal>bundle-js</goal></goals></execution></executions>",
            "<output>shop.js</output>",
            "once-more",
            "shop");

    private final Map<String, Map<String, String>> filesBefore = new HashMap<>();
    private final Map<String, String> stamps = new HashMap<>();
    /** Mistakes that cannot be made on this machine, and why. */
    private final Map<String, String> impossible = new HashMap<>();

    private ProjectCopy all;
    private BuildResult result;

    static List<Mistake> mistakes() {
        String outside = "<output>../../../../../shop.js</output>";
        return List.of(
                Mistake.inPom(
                        "includes-noMatchingFile",
                        "<include>view/*.js</include>",
                        "<include>veiw/*.js</include>",
                        "<include>veiw/*.js</include>",
                        "bundle shop"),
                Mistake.of(
                        "includes-missingFile",
                        shop -> Files.delete(shop.path("src/main/js/app.js")),
                        "<include>app.js</include>",
                        "bundle shop"),
                Mistake.of(
                        "includes-unreadableFile",
                        shop -> makeUnreadable(shop.path("src/main/js/model/order.js")),
                        "<include>model/*.js</include>",
                        "bundle shop",
                        "model/order.js"),
                Mistake.of(
                        "includes-directory",
                        shop -> {
                            Files.delete(shop.path("src/main/js/app.js"));
                            shop.write("src/main/js/app.js/index.js", "var app;\n");
                        },
                        "<include>app.js</include>",
                        "bundle shop",
                        "directory"),
                Mistake.of(
                        "includes-symlinkLoop",
                        shop -> {
                            Files.createSymbolicLink(shop.path("src/main/js/view/again"), Path.of(".."));
                            shop.replace("pom.xml", "<include>view/*.js</include>", "<include>view/**/*.js</include>");
                        },
                        "<include>view/**/*.js</include>",
                        "bundle shop",
                        "view/again",
                        "loop"),
                Mistake.of(
                        "includes-linkToItself",
                        shop -> Files.createSymbolicLink(shop.path("src/main/js/view/self.js"), Path.of("self.js")),
                        "<include>view/*.js</include>",
                        "bundle shop",
                        "view/self.js",
                        "loop"),
                Mistake.inPom("output-outside", "<output>shop.js</output>", outside, outside, "bundle shop"),
                Mistake.inPom(
                        "output-ofTwoBundles",
                        "</bundles>",
                        """
                        <bundle>
                          <name>second</name>
                          <output>./shop.js</output>
                          <includes><include>app.js</include></includes>
                        </bundle>
                        </bundles>""",
                        "<output>./shop.js</output>",
                        "bundle second",
                        "bundle shop"),
                Mistake.of(
                        "encoding-malformedInput",
                        shop -> {
                            Path script = shop.path("src/main/js/core/report.js");
                            byte[] bytes = Files.readAllBytes(script);
                            bytes[11] = (byte) 0xC3;
                            Files.write(script, bytes);
                        },
                        "core/report.js",
                        "bundle shop",
                        "offset 11"),
                Mistake.inPom(
                        "workers-notANumber",
                        "<workers>2</workers>",
                        "<workers>0x</workers>",
                        "<workers>",
                        "0x",
                        "auto"),
                Mistake.inPom(
                        "workers-tooMany",
                        "<workers>2</workers>",
                        "<workers>100000</workers>",
                        "<workers>",
                        "100000",
                        "auto"));
    }

    /** With a bundle of an earlier build in place, except where one is made. */
    @BeforeAll
    void build() throws Exception {
        all = ProjectCopy.empty("mistakes");
        StringBuilder modules = new StringBuilder();
        for (Mistake mistake : mistakes()) {
            ProjectCopy shop = module(mistake, modules);
            shop.write(ProjectCopy.BUNDLE, OLD);
            stamps.put(mistake.name(), ProjectCopy.stamp(shop.bundle()));
            filesBefore.put(mistake.name(), withoutResources(shop.targetFiles()));
        }
        module(TWO_EXECUTIONS, modules);
        all.write("pom.xml", """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>dev.procession.samples</groupId>
                  <artifactId>mistakes</artifactId>
                  <version>1.0.0</version>
                  <packaging>pom</packaging>
                  <modules>%s</modules>
                </project>
                """.formatted(modules));
        result = MavenBuild.of(all, "--fail-at-end", "process-resources").run();
        result.assertFailure();
    }

    private ProjectCopy module(Mistake mistake, StringBuilder modules) throws IOException {
        String name = mistake.name();
        all.addStorefront(name);
        ProjectCopy shop = shop(mistake);
        shop.replace(
                "pom.xml", "<artifactId>storefront</artifactId>", "<artifactId>" + mistake.name() + "</artifactId>");
        try {
            mistake.change().make(shop);
            modules.append("<module>").append(name).append("</module>");
        } catch (UnsupportedOperationException e) {
            impossible.put(name, String.valueOf(e.getMessage()));
        }
        return shop;
    }

    private ProjectCopy shop(Mistake mistake) {
        return new ProjectCopy(all.path(mistake.name()));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void bundleJs_mistake_isRefusedAndNothingIsTouched(Mistake mistake) throws IOException {
        String notHere = impossible.get(mistake.name());
        Assumptions.assumeTrue(notHere == null, notHere);
        assertErrors(mistake);
        ProjectCopy shop = shop(mistake);
        assertEquals(stamps.get(mistake.name()), ProjectCopy.stamp(shop.bundle()), result::toString);
        assertEquals(OLD, shop.read(ProjectCopy.BUNDLE), result::toString);
        Map<String, String> after = withoutResources(shop.targetFiles());
        assertEquals(filesBefore.get(mistake.name()), after, () -> "half-written: " + result);
        assertFalse(Files.exists(all.path("shop.js")), "written outside");
    }

    @Test
    void bundleJs_outputOfTwoExecutions_theFirstOneWritesItsBundle() throws IOException {
        assertErrors(TWO_EXECUTIONS);
        BundleContent.assertComplete(shop(TWO_EXECUTIONS));
    }

    /** Each part is in what Maven says in the end of this module. */
    private void assertErrors(Mistake mistake) {
        String head = " on project " + mistake.name() + ": ";
        String errors = result.lines("[ERROR]")
                .dropWhile(line -> !line.contains(head))
                .takeWhile(line -> line.contains(head) || !line.contains(" on project "))
                .collect(Collectors.joining("\n"))
                .replace(mistake.name(), ""); // which has words of the parts
        for (String part : mistake.parts()) {
            assertTrue(errors.contains(part), () -> "no error of it names " + part + ": " + errors + "\n" + result);
        }
    }

    @Test
    void encoding_unknown_fails() throws Exception {
        ProjectCopy shop = ProjectCopy.storefront("charset");
        shop.write(ProjectCopy.BUNDLE, OLD);
        String stamp = ProjectCopy.stamp(shop.bundle());
        Map<String, String> before = withoutResources(shop.targetFiles());

        BuildResult refused = MavenBuild.of(shop, "-Dprocession.encoding=UTF-9", "process-resources")
                .run();

        refused.assertError("<encoding>UTF-9</encoding>", "UTF-8");
        assertEquals(stamp, ProjectCopy.stamp(shop.bundle()), refused::toString);
        assertEquals(before, withoutResources(shop.targetFiles()), () -> "half-written: " + refused);
    }

    /** What resources:resources copies in the same build. */
    private static Map<String, String> withoutResources(Map<String, String> files) {
        files.remove("classes/META-INF/resources/index.html");
        files.remove("classes/META-INF/resources/shop.css");
        return files;
    }

    /** Permissions do not keep root from reading, but the first page of a process's memory cannot be read by anybody. */
    private static void makeUnreadable(Path file) throws IOException {
        Path memory = Path.of("/proc/self/mem");
        if (Files.exists(memory)) {
            Files.delete(file);
            Files.createSymbolicLink(file, memory);
            return;
        }
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            throw new UnsupportedOperationException("no way here to make a file unreadable");
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        try {
            Files.readAllBytes(file);
            throw new UnsupportedOperationException("this user reads every file, whatever its permissions");
        } catch (AccessDeniedException expected) {
            // So it is unreadable.
        }
    }
}
