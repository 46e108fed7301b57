package dev.procession.plugin.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {
    @TempDir
    Path directory;

    private Workshop shop;

    @BeforeEach
    void open() throws Exception {
        shop = new Workshop(directory);
    }

    private String failure() throws Exception {
        return shop.fail().getMessage();
    }

    @Test
    void run_globs_takeFilesInCodePointOrder() throws Exception {
        for (String name : List.of(
                "b.js", "a.js", "a/z.js", "a-b.js", "B.js", "\uff21.js", "\ud83d\ude00.js", "я.js", "10.js", "9.js")) {
            shop.file(name, "0;\n");
        }
        shop.bundle("**/*.js");
        shop.run();
        assertEquals(
                List.of(
                        "10.js",
                        "9.js",
                        "B.js",
                        "a-b.js",
                        "a.js",
                        "a/z.js",
                        "b.js",
                        "я.js",
                        "\uff21.js",
                        "\ud83d\ude00.js"),
                shop.map().sources().stream()
                        .map(name -> name.substring("src/main/js/".length()))
                        .toList());
    }

    @Test
    void run_fileMatchedTwice_isTakenByTheFirstInclude() throws Exception {
        shop.file("lib/core.js", "core();\n").file("lib/a.js", "a();\n").file("app.js", "app();\n");
        shop.bundle("lib/core.js", "lib/*.js", "./lib//core.js", "**/*.js", "**\\a.js");
        shop.run();
        assertEquals("core();\na();\napp();\n", shop.body());
    }

    @Test
    void run_excludes_leaveFilesOut() throws Exception {
        shop.file("a.js", "a();\n")
                .file("a.test.js", "t();\n")
                .file("old/b.js", "b();\n")
                .file(".#a.js", "lock");
        shop.bundle(Workshop.excluding(List.of("**/*.test.js", "old/"), "**/*.js"));
        shop.run();
        assertEquals("a();\n", shop.body());
    }

    @Test
    void run_strangeNames_areFound() throws Exception {
        shop.file("a b.js", "1;\n")
                .file("Ї ї.js", "2;\n")
                .file("new\nline.js", "3;\n")
                .file("%20.js", "4;\n")
                .file("[x].js", "5;\n");
        shop.bundle("a b.js", "Ї ї.js", "new?line.js", "%20.js", "[x].js");
        shop.run();
        assertEquals("1;\n2;\n3;\n4;\n5;\n", shop.body());
        assertEquals("src/main/js/new%0Aline.js", shop.map().sources().get(2));
    }

    @Test
    void run_strangeNamesUnderCLocale_areFound() throws Exception {
        shop.file("Ї ї.js", "2;\n").file("ж/є.js", "3;\n").file("%20.js", "4;\n");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                CLocaleRun.class.getName(),
                shop.project.toString());
        builder.environment().put("LC_ALL", "C");
        builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("log.txt").toFile());
        Process process = builder.start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the run takes too long");
        assertEquals(0, process.exitValue(), Files.readString(directory.resolve("log.txt")));
        assertEquals("2;\n3;\n4;\n", shop.body());
        assertEquals(
                List.of("src/main/js/Ї ї.js", "src/main/js/ж/є.js", "src/main/js/%2520.js"),
                shop.map().sources());
    }

    /** Runs in a JVM of its own, whose locale knows ASCII only. */
    static final class CLocaleRun {
        public static void main(String[] arguments) throws Exception {
            Workshop shop = new Workshop(Path.of(arguments[0]));
            shop.workers = "1";
            shop.bundle("Ї ї.js", "ж/*.js", "*.js").run();
            if (shop.run().written() != 0) {
                throw new AssertionError("not up to date");
            }
        }
    }

    @Test
    void run_includeMissing_namesElementDirectoryAndTheNearestName() throws Exception {
        shop.file("ui/menu.js", "1;\n").bundle("ui/menus.js");
        assertEquals(
                "<include>ui/menus.js</include> of bundle shop.js: no such file in " + shop.sources
                        + "; did you mean ui/menu.js?",
                failure());
        shop.noBundles().bundle("menu.js");
        assertTrue(failure().endsWith("; did you mean ui/menu.js?"), failure());
    }

    @Test
    void run_globMatchesNothing_isRefused() throws Exception {
        shop.file("a.js", "1;\n").bundle("*.js", "vendor/**/*.js");
        assertEquals(
                "<include>vendor/**/*.js</include> of bundle shop.js: matches no file in " + shop.sources
                        + "; correct it, or set <allowEmpty>true</allowEmpty> when that may be",
                failure());
    }

    @Test
    void run_everythingExcluded_isRefusedNamingTheExclude() throws Exception {
        shop.file("a.js", "1;\n").bundle(Workshop.excluding(List.of("a.*"), "*.js", "a.js"));
        assertTrue(failure().contains("all it matches is left out again by <exclude>a.*</exclude>"), failure());
        assertTrue(failure()
                .contains("<include>a.js</include> of bundle shop.js: is left out again by <exclude>a.*</exclude>"));
    }

    @Test
    void run_sourceDirectoryMissing_isRefusedOnce() throws Exception {
        Files.delete(shop.sources);
        shop.bundle("*.js", "a.js");
        assertEquals(
                "<sourceDirectory>" + shop.sources + "</sourceDirectory>: " + shop.sources
                        + " does not exist; create it, or set it to where the scripts are",
                failure());
    }

    @Test
    void run_ownDirectory_isUsedAndNamed() throws Exception {
        Files.createDirectories(shop.project.resolve("lib"));
        Files.writeString(shop.project.resolve("lib/a.js"), "a();\n");
        shop.bundle(Workshop.in("lib", "*.js"));
        shop.run();
        assertEquals(List.of("lib/a.js"), shop.map().sources());
        shop.noBundles().bundle(Workshop.in("libs", "*.js"));
        assertTrue(failure().startsWith("<directory>libs</directory> of bundle shop.js: "), failure());
    }

    @Test
    void run_includesThatCannotBe_areRefused() throws Exception {
        shop.bundle("", "/etc/passwd", "../a.js", "a/../../b.js", "webjar:jquery");
        String text = failure();
        assertTrue(text.contains("<include></include> of bundle shop.js: is empty"), text);
        assertTrue(text.contains("<include>/etc/passwd</include> of bundle shop.js: is absolute"), text);
        assertTrue(
                text.contains("<include>../a.js</include> of bundle shop.js: leaves its directory through '..'"), text);
        assertTrue(text.contains("<include>a/../../b.js</include>"), text);
        assertTrue(
                text.contains("<include>webjar:jquery</include> of bundle shop.js: names no file of a WebJar"), text);
    }

    @Test
    void run_directoryWhereAFileShouldBe_isRefused() throws Exception {
        shop.file("ui/a.js", "1;\n").bundle("ui");
        assertEquals(
                "<include>ui</include> of bundle shop.js: " + shop.sources
                        + "/ui is a directory; to take the scripts in it, write a glob such as dir/**/*.js",
                failure());
    }

    @Test
    void run_links_areFollowed() throws Exception {
        shop.file("real/a.js", "a();\n");
        Files.createSymbolicLink(shop.sources.resolve("linked"), shop.sources.resolve("real"));
        Files.createSymbolicLink(shop.sources.resolve("b.js"), shop.sources.resolve("real/a.js"));
        shop.bundle("linked/*.js", "b.js");
        shop.run();
        assertEquals("a();\na();\n", shop.body());
    }

    @Test
    void run_linkLoops_areRefused() throws Exception {
        shop.file("ui/a.js", "a();\n");
        Files.createSymbolicLink(shop.sources.resolve("ui/up"), shop.sources);
        Files.createSymbolicLink(shop.sources.resolve("self.js"), Path.of("self.js"));
        shop.bundle("**/*.js", "self.js");
        String text = failure();
        assertTrue(
                text.contains("<include>**/*.js</include> of bundle shop.js: " + shop.sources
                        + "/ui/up is a symbolic link to a directory above itself, a loop"),
                text);
        assertTrue(
                text.contains("<include>self.js</include> of bundle shop.js: " + shop.sources
                        + "/self.js is a symbolic link that leads back to itself, a loop"),
                text);
    }

    @Test
    void run_loopThatNoIncludeReaches_doesNotMatter() throws Exception {
        shop.file("ui/a.js", "a();\n");
        Files.createDirectories(shop.sources.resolve("other"));
        Files.createSymbolicLink(shop.sources.resolve("other/up"), shop.sources);
        shop.bundle("ui/**/*.js");
        shop.run();
        assertEquals("a();\n", shop.body());
    }

    @Test
    void run_danglingLink_isRefusedUnlessExcluded() throws Exception {
        shop.file("a.js", "a();\n");
        Files.createSymbolicLink(shop.sources.resolve("gone.js"), Path.of("nowhere.js"));
        // What Emacs leaves beside a file that is being edited.
        Files.createSymbolicLink(shop.sources.resolve(".#a.js"), Path.of("me@host.17"));
        shop.bundle("*.js", "gone.js");
        String dangling = shop.sources + "/gone.js is a symbolic link to a file that does not exist";
        String text = failure();
        assertEquals(2, shop.fail().problems().size());
        assertTrue(text.contains("<include>*.js</include> of bundle shop.js: " + dangling), text);
        assertTrue(text.contains("<include>gone.js</include> of bundle shop.js: " + dangling), text);
        shop.noBundles().bundle(Workshop.excluding(List.of("gone.js"), "*.js"));
        shop.run();
    }

    @Test
    void run_unreadableFile_isRefused() throws Exception {
        shop.file("a.js", "a();\n").bundle("*.js");
        Path file = shop.sources.resolve("a.js");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "the superuser reads everything");
        assertEquals(
                "<include>*.js</include> of bundle shop.js: src/main/js/a.js cannot be read, permission denied;"
                        + " change its permissions or exclude it",
                failure());
    }

    @Test
    void run_namedPipe_isRefusedAndNotOpened() throws Exception {
        Process mkfifo =
                new ProcessBuilder("mkfifo", shop.sources.resolve("pipe.js").toString()).start();
        assertTrue(mkfifo.waitFor(10, TimeUnit.SECONDS));
        shop.bundle("*.js", "pipe.js");
        assertTrue(failure().contains("/pipe.js is not a regular file"), failure());
    }

    @Test
    void run_outputInsideSources_isNeverItsOwnInput() throws Exception {
        shop.outputDirectory = shop.target.resolve("js");
        Files.createDirectories(shop.target.resolve("js"));
        Files.writeString(shop.target.resolve("js/a.js"), "a();\n");
        shop.bundle(Workshop.in("target/js", "**/*.js"));
        shop.run();
        shop.upToDate = "content";
        assertEquals(0, shop.run().written());
        shop.noBundles().bundle(Workshop.in("target/js", "shop.js"));
        assertTrue(failure().contains("a bundle cannot hold itself"), failure());
    }

    private Path jar(String name, String... entries) throws Exception {
        Path jar = directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry("META-INF/resources/webjars/" + entry));
                zip.write((entry.substring(entry.lastIndexOf('/') + 1) + "();\n").getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return jar;
    }

    @Test
    void run_webJar_isFoundInWhateverVersion() throws Exception {
        shop.dependencies = List.of(
                jar("other.jar"),
                jar("jquery 3.jar", "jquery/3.7.1/jquery.js", "jquery/3.7.1/ui/b.js", "jquery/3.7.1/ui/a.js"));
        shop.file("a.js", "mine();\n")
                .bundle("webjar:jquery/jquery.js", "webjar:jquery/ui/*.js", "webjar:jquery/**", "a.js");
        shop.run();
        assertEquals("jquery.js();\na.js();\nb.js();\nmine();\n", shop.body());
        assertEquals("webjar:jquery/3.7.1/jquery.js", shop.map().sources().get(0));
        assertEquals(0, shop.run().written());
    }

    @Test
    void run_webJarChanged_isNoticed() throws Exception {
        shop.dependencies = List.of(jar("jquery.jar", "jquery/1/jquery.js"));
        shop.bundle("webjar:jquery/jquery.js");
        shop.run();
        shop.age();
        jar("jquery.jar", "jquery/1/jquery.js", "jquery/1/LICENSE");
        assertEquals(0, shop.run().written());
        jar("jquery.jar", "jquery/2/jquery.js");
        assertEquals(1, shop.run().written());
    }

    @Test
    void run_webJarMissing_saysWhatThereIs() throws Exception {
        shop.dependencies = List.of(jar("jquery.jar", "jquery/3.7.1/jquery.js"));
        shop.bundle("webjar:jquerry/jquery.js", "webjar:jquery/jqeury.js");
        String text = failure();
        assertTrue(
                text.contains("no dependency of the project is the WebJar 'jquerry'; did you mean webjar:jquery/...?"),
                text);
        assertTrue(text.contains("did you mean webjar:jquery/jquery.js?"), text);
    }

    @Test
    void run_webJarTwice_isRefused() throws Exception {
        shop.dependencies = List.of(jar("a.jar", "jquery/3.7.1/jquery.js"), jar("b.jar", "jquery/1.9.0/jquery.js"));
        shop.bundle("webjar:jquery/jquery.js");
        assertTrue(failure().contains("is in two dependencies, "), failure());
    }

    @Test
    void run_webJarOfTheSameBuild_isReadFromItsClasses() throws Exception {
        Path classes = directory.resolve("module/classes");
        Path file = classes.resolve("META-INF/resources/webjars/ui/1/ui.js");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "ui();\n");
        shop.dependencies = List.of(classes);
        shop.bundle("webjar:ui/*.js");
        shop.run();
        assertEquals("ui();\n", shop.body());
    }

    @Test
    void sourceDirectories_bundlesWithDirectoriesOfTheirOwn_areAllNamed() throws Exception {
        shop.bundle(Workshop.in("src/legacy", "*.js")).bundle(Workshop.in("src/legacy", "b/*.js"));
        assertEquals(
                List.of(shop.sources, shop.project.resolve("src/legacy")),
                List.copyOf(shop.request().sourceDirectories()));
    }
}
