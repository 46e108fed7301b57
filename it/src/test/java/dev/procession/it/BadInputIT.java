package dev.procession.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What a user gets wrong: the build fails, its errors name the element, the value and the way out without a stack
 * trace, and what an earlier build has written stays as it is.
 */
class BadInputIT {
    private static final String OLD = "/* of an earlier build */\n";

    @Test
    void includes_noMatchingFile_fails() throws Exception {
        ProjectCopy shop = ProjectCopy.storefront("no-match");
        shop.replace("pom.xml", "<include>view/*.js</include>", "<include>veiw/*.js</include>");
        assertRefused(shop, MavenBuild.of(shop), "<include>veiw/*.js</include>", "bundle shop");
    }

    @Test
    void includes_missingFile_fails() throws Exception {
        ProjectCopy shop = ProjectCopy.storefront("missing");
        Files.delete(shop.path("src/main/js/app.js"));
        assertRefused(shop, MavenBuild.of(shop), "<include>app.js</include>", "bundle shop");
    }

    @Test
    void includes_unreadableFile_fails() throws Exception {
        ProjectCopy shop = ProjectCopy.storefront("unreadable");
        makeUnreadable(shop.path("src/main/js/model/order.js"));
        assertRefused(shop, MavenBuild.of(shop), "<include>model/*.js</include>", "bundle shop", "model/order.js");
    }

    @Test
    void includes_directory_fails() throws Exception {
        ProjectCopy shop = ProjectCopy.storefront("directory");
        Files.delete(shop.path("src/main/js/app.js"));
        shop.write("src/main/js/app.js/index.js", "var app;\n");
        assertRefused(shop, MavenBuild.of(shop), "<include>app.js</include>", "bundle shop", "directory");
    }

    @Test
    void includes_symlinkLoop_fails() throws Exception {
        ProjectCopy shop = ProjectCopy.storefront("loop");
        Files.createSymbolicLink(shop.path("src/main/js/view/again"), Path.of(".."));
        shop.replace("pom.xml", "<include>view/*.js</include>", "<include>view/**/*.js</include>");
        assertRefused(
                shop, MavenBuild.of(shop), "<include>view/**/*.js</include>", "bundle shop", "view/again", "loop");
    }

    @Test
    void includes_linkToItself_fails() throws Exception {
        ProjectCopy shop = ProjectCopy.storefront("self-loop");
        Files.createSymbolicLink(shop.path("src/main/js/view/self.js"), Path.of("self.js"));
        assertRefused(shop, MavenBuild.of(shop), "<include>view/*.js</include>", "bundle shop", "view/self.js", "loop");
    }

    @Test
    void output_outsideBuildDirectory_fails() throws Exception {
        ProjectCopy shop = ProjectCopy.storefront("outside");
        String outside = "../../../../../shop.js";
        shop.replace("pom.xml", "<output>shop.js</output>", "<output>" + outside + "</output>");
        assertRefused(shop, MavenBuild.of(shop), "<output>" + outside + "</output>", "bundle shop");
        assertFalse(Files.exists(shop.root().resolveSibling("shop.js")));
    }

    @Test
    void output_ofTwoBundles_fails() throws Exception {
        ProjectCopy shop = ProjectCopy.storefront("two-bundles");
        shop.replace("pom.xml", "</bundles>", """
                <bundle>
                  <name>second</name>
                  <output>./shop.js</output>
                  <includes><include>app.js</include></includes>
                </bundle>
                </bundles>""");
        assertRefused(shop, MavenBuild.of(shop), "<output>./shop.js</output>", "bundle second", "bundle shop");
    }

    @Test
    void output_ofTwoExecutions_fails() throws Exception {
        ProjectCopy shop = ProjectCopy.storefront("two-executions");
        shop.replace(
                "pom.xml",
                "</executions>",
                "<execution><id>once-more</id><goals><goal>bundle-js</goal></goals></execution></executions>");
        // The first execution is in order and writes its bundle; the second must not touch it.
        BuildResult build = MavenBuild.of(shop, "process-resources").run();
        build.assertError("<output>shop.js</output>", "once-more", "shop");
        BundleContent.assertComplete(shop);
    }

    @Test
    void encoding_unknown_fails() throws Exception {
        ProjectCopy shop = ProjectCopy.storefront("charset");
        assertRefused(shop, MavenBuild.of(shop, "-Dprocession.encoding=UTF-9"), "<encoding>UTF-9</encoding>", "UTF-8");
    }

    @Test
    void encoding_malformedInput_fails() throws Exception {
        ProjectCopy shop = ProjectCopy.storefront("malformed");
        Path script = shop.path("src/main/js/core/report.js");
        byte[] bytes = Files.readAllBytes(script);
        bytes[11] = (byte) 0xC3;
        Files.write(script, bytes);
        assertRefused(shop, MavenBuild.of(shop), "core/report.js", "bundle shop", "offset 11");
    }

    @Test
    void workers_notANumberOrTooMany_fails() throws Exception {
        ProjectCopy shop = ProjectCopy.storefront("workers");
        shop.replace("pom.xml", "<workers>2</workers>", "<workers>0x</workers>");
        assertRefused(shop, MavenBuild.of(shop), "<workers>", "0x", "auto");
        shop.replace("pom.xml", "<workers>0x</workers>", "<workers>100000</workers>");
        assertRefused(shop, MavenBuild.of(shop), "<workers>", "100000", "auto");
    }

    /** Runs the build with a bundle of an earlier build in place. */
    private static void assertRefused(ProjectCopy shop, MavenBuild build, String... parts) throws IOException {
        shop.write(ProjectCopy.BUNDLE, OLD);
        String stamp = ProjectCopy.stamp(shop.bundle());
        Map<String, String> before = withoutResources(shop.targetFiles());

        BuildResult result = build.with("process-resources").run();

        result.assertError(parts);
        assertEquals(stamp, ProjectCopy.stamp(shop.bundle()), result::toString);
        assertEquals(OLD, shop.read(ProjectCopy.BUNDLE), result::toString);
        Map<String, String> after = withoutResources(shop.targetFiles());
        assertEquals(before, after, () -> "half-written: " + result);
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
        Assumptions.assumeTrue(
                Files.getFileStore(file).supportsFileAttributeView("posix"), "no way here to make a file unreadable");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        try {
            Files.readAllBytes(file);
            Assumptions.abort("this user reads every file, whatever its permissions");
        } catch (AccessDeniedException expected) {
            // So it is unreadable.
        }
    }
}
