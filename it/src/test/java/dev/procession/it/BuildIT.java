package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** Builds that go well: from nothing, again, after a change, of several modules at once, and many in a row. */
class BuildIT {

    @Test
    void package_freshCopy_bundleHoldsEveryInputOnceInOrder() throws Exception {
        ProjectCopy shop = ProjectCopy.storefront("clean");
        Path temporary = Files.createDirectories(shop.path("tmp"));

        BuildResult build = MavenBuild.of(shop, "package")
                .mavenOptions("-XX:-UsePerfData -Djava.io.tmpdir=" + temporary)
                .environment("TMPDIR", temporary.toString())
                .run()
                .assertSuccess();

        String result = build.line("[INFO] bundled");
        assertTrue(
                result.matches("\\[INFO] bundled 12 files \\(\\d+ kB\\) into 1 bundle with 2 workers in [\\d.]+ s: "
                        + "target/classes/META-INF/resources/shop\\.js"),
                result);
        assertEquals(1, build.lines("shop.js").count(), build::toString);
        BundleContent.assertComplete(shop);
        assertTrue(Files.isRegularFile(shop.path(ProjectCopy.BUNDLE + ".map")), build::toString);
        try (ZipFile jar = new ZipFile(shop.path("target/storefront-1.0.0.jar").toFile())) {
            assertNotNull(jar.getEntry("META-INF/resources/shop.js"));
        }
        assertEquals(List.of(), list(temporary), "left in the temporary directory");
    }

    @Test
    void build_again_doesNothingAndSaysSo() throws Exception {
        ProjectCopy shop = ProjectCopy.storefront("again");
        BuildResult first = MavenBuild.of(shop, "process-resources").run().assertSuccess();
        assertEquals(0, first.lines("up to date").count(), first::toString);
        String stamp = ProjectCopy.stamp(shop.bundle());
        String mapStamp = ProjectCopy.stamp(shop.path(ProjectCopy.BUNDLE + ".map"));

        BuildResult second =
                MavenBuild.of(shop, "-o", "process-resources").run().assertSuccess();
        second.line("[INFO] 12 files", "up to date: " + ProjectCopy.BUNDLE);
        assertEquals(stamp, ProjectCopy.stamp(shop.bundle()), second::toString);

        BuildResult quiet =
                MavenBuild.of(shop, "-o", "-q", "process-resources").run().assertSuccess();
        assertEquals(List.of(), quiet.text());
        assertEquals(stamp, ProjectCopy.stamp(shop.bundle()));
        assertEquals(mapStamp, ProjectCopy.stamp(shop.path(ProjectCopy.BUNDLE + ".map")));
    }

    @Test
    void build_oneInputChanged_bundleIsRebuilt() throws Exception {
        ProjectCopy shop = ProjectCopy.storefront("changed");
        MavenBuild.of(shop, "process-resources").run().assertSuccess();
        String stamp = ProjectCopy.stamp(shop.bundle());

        // As long as before: neither the size nor, with luck, the second of the change gives it away.
        shop.replace("src/main/js/model/order.js", "var next = 1001;", "var next = 2002;");
        BuildResult build = MavenBuild.of(shop, "process-resources").run().assertSuccess();

        assertNotEquals(stamp, ProjectCopy.stamp(shop.bundle()), build::toString);
        BundleContent.assertComplete(shop);
        assertTrue(shop.read(ProjectCopy.BUNDLE).contains("var next = 2002;"));
    }

    @Test
    void build_threeModulesAtOnce_eachHasItsBundle() throws Exception {
        ProjectCopy all = ProjectCopy.empty("modules");
        List<String> names = List.of("one", "two", "three");
        for (String name : names) {
            all.addStorefront(name);
            all.replace(
                    name + "/pom.xml", "<artifactId>storefront</artifactId>", "<artifactId>" + name + "</artifactId>");
            all.replace(name + "/pom.xml", "<name>Storefront</name>", "<name>Shop " + name + "</name>");
        }
        all.write("pom.xml", """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>dev.procession.samples</groupId>
                  <artifactId>shops</artifactId>
                  <version>1.0.0</version>
                  <packaging>pom</packaging>
                  <modules>
                    <module>one</module>
                    <module>two</module>
                    <module>three</module>
                  </modules>
                </project>
                """);

        BuildResult build =
                MavenBuild.of(all, "-T", "2", "process-resources").run().assertSuccess();

        List<String> bundles = new ArrayList<>();
        for (String name : names) {
            String bundle = all.read(name + "/" + ProjectCopy.BUNDLE);
            String banner = "/*! Shop " + name + " 1.0.0 */";
            assertTrue(bundle.startsWith(banner), build::toString);
            bundles.add(bundle.substring(banner.length()));
            build.line("[INFO] bundled 12 files", ": " + name + "/" + ProjectCopy.BUNDLE);
        }
        assertEquals(bundles.get(0), bundles.get(1));
        assertEquals(bundles.get(0), bundles.get(2));
        assertFalse(build.lines("thread-safe", "@threadSafe").findAny().isPresent(), build::toString);
    }

    /** Many goals in one JVM, one after the other. */
    @Test
    void build_manyTimesInARow_identicalBytes() throws Exception {
        int repeats = Surroundings.repeats();
        ProjectCopy project = ProjectCopy.storefront("repeated");
        Corpus.write(project.path("src/main/js/many"), 500, 2_000);
        project.edit(
                "pom.xml",
                pom -> pom.replaceAll("(?s)<executions>.*</executions>", executions(repeats))
                        .replaceAll(
                                "(?s)<includes>.*</includes>", "<includes><include>many/**/*.js</include></includes>")
                        .replaceAll("(?s)<configuration>\\s*<workers>2</workers>", "<configuration>"));

        BuildResult build = MavenBuild.of(project, "process-resources", "-Dprocession.workers=2")
                .run()
                .assertSuccess();

        byte[] first = Files.readAllBytes(project.path("target/classes/run1/shop.js"));
        byte[] firstMap = Files.readAllBytes(project.path("target/classes/run1/shop.js.map"));
        assertTrue(first.length > 500 * 2_000, build::toString);
        for (int i = 2; i <= repeats; i++) {
            assertArrayEquals(first, Files.readAllBytes(project.path("target/classes/run" + i + "/shop.js")));
            assertArrayEquals(firstMap, Files.readAllBytes(project.path("target/classes/run" + i + "/shop.js.map")));
        }
    }

    private static String executions(int count) {
        StringBuilder text = new StringBuilder("<executions>");
        for (int i = 1; i <= count; i++) {
            text.append("<execution><id>run").append(i).append("</id><goals><goal>bundle-js</goal></goals>");
            text.append("<configuration><outputDirectory>\\${project.build.outputDirectory}/run");
            text.append(i).append("</outputDirectory></configuration></execution>");
        }
        return text.append("</executions>").toString();
    }

    private static List<String> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
