package dev.procession.plugin.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.bundle.request.BundleFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputsTest {
    @TempDir
    Path directory;

    private Workshop shop;

    @BeforeEach
    void open() throws Exception {
        shop = new Workshop(directory);
        shop.file("a.js", "a();\n");
    }

    private String failure() throws Exception {
        return shop.fail().getMessage();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../../../shop.js", "/tmp/shop.js", "js/../../../../x/shop.js", "../../../src/main/js/a.js"})
    void run_outputOutsideBuildDirectory_isRefused(String output) throws Exception {
        shop.bundle(Workshop.spec(output, "*.js"));
        String text = failure();
        assertTrue(text.startsWith("<output>" + output + "</output> of bundle " + output + ": leads to "), text);
        assertTrue(
                text.contains(
                        ", outside the build directory " + shop.target + "; write a path below <outputDirectory>"),
                text);
        assertEquals("a();\n", Files.readString(shop.sources.resolve("a.js")));
    }

    @Test
    void run_outputThroughALinkOutside_isRefused() throws Exception {
        Path outside = Files.createDirectories(shop.project.resolve("outside"));
        Files.createDirectories(shop.target.resolve("classes/web"));
        Files.createSymbolicLink(shop.target.resolve("classes/web/js"), outside);
        shop.bundle(Workshop.spec("js/shop.js", "*.js"));
        assertTrue(failure().contains("outside the build directory"), failure());
    }

    @Test
    void run_outputDirectoryOutside_isRefused() throws Exception {
        shop.outputDirectory = shop.project.resolve("src/main/webapp");
        shop.bundle("*.js");
        assertTrue(
                failure()
                        .contains("<outputDirectory>" + shop.project
                                + "/src/main/webapp</outputDirectory>: lies outside"),
                failure());
    }

    @ParameterizedTest
    @ValueSource(strings = {"js/", ".", "js\\"})
    void run_outputNamesDirectory_isRefused(String output) throws Exception {
        shop.bundle(Workshop.spec(output, "*.js"));
        assertTrue(failure().contains("names a directory; add the file's name"), failure());
    }

    @Test
    void run_outputForgotten_isRefused() throws Exception {
        shop.bundle(Spec.of(null, "*.js").name("shop").typed());
        assertEquals(
                "<output> of bundle shop is missing; name the file to write, such as <output>js/shop.js</output>",
                failure());
    }

    @Test
    void run_targetIsADirectory_isRefused() throws Exception {
        Files.createDirectories(shop.target.resolve("classes/web/shop.js"));
        shop.bundle("*.js");
        assertTrue(failure().contains("/shop.js is a directory; remove it or choose another name"), failure());
    }

    @Test
    void run_outputIntoOwnDirectory_isRefused() throws Exception {
        shop.bundle(Workshop.spec("../../procession/shop.js", "*.js"));
        assertTrue(failure().contains("where this plugin keeps its own files"), failure());
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.js", "./shop.js", "x/../shop.js", "SHOP.js", "shop.js.map"})
    void run_twoBundlesWithOneOutput_areRefused(String second) throws Exception {
        shop.bundle("a.js").bundle(Workshop.spec(second, "a.js"));
        String text = failure();
        assertTrue(text.startsWith("<output>" + second + "</output> of bundle " + second), text);
        assertTrue(
                text.contains(" is also written by bundle shop.js (number 1) of execution default in module test"),
                text);
    }

    @Test
    void run_otherExecutionWithTheSameOutput_isRefusedAndTheFirstStays() throws Exception {
        shop.bundle("a.js");
        shop.run();
        String before = shop.script();
        shop.execution = "second";
        BundleFailedException failure = assertThrows(BundleFailedException.class, shop::runInSameBuild);
        assertTrue(failure.getMessage().contains("also written by bundle shop.js (number 1) of execution default"));
        assertEquals(before, shop.script());
    }

    @Test
    void run_sameExecutionAgainInOneBuild_isFine() throws Exception {
        shop.bundle("a.js");
        shop.run();
        assertEquals(0, shop.runInSameBuild().written());
    }

    @Test
    void run_oneBundleFails_noneIsPublished() throws Exception {
        shop.file("bad.js", new byte[] {(byte) 0xFF});
        shop.bundle("a.js").bundle(Workshop.spec("bad.js", "bad.js"));
        failure();
        assertTrue(Files.notExists(shop.output()));
        assertEquals(List.of(), shop.staged());
    }

    @Test
    void run_stagingFilesOfTheDead_areSweptAndThoseOfTheLivingStay() throws Exception {
        Path staging = Files.createDirectories(shop.target.resolve("procession/staging"));
        ProcessHandle self = ProcessHandle.current();
        Process sleeper = new ProcessBuilder("sleep", "600").start();
        try {
            long started = sleeper.info().startInstant().orElseThrow().toEpochMilli();
            Path living = Files.writeString(staging.resolve(sleeper.pid() + "-" + started + "-1.part"), "half");
            Path reused = Files.writeString(staging.resolve(sleeper.pid() + "-" + (started - 1) + "-2.part"), "half");
            Path own = Files.writeString(
                    staging.resolve(self.pid() + "-"
                            + self.info().startInstant().orElseThrow().toEpochMilli() + "-3.part"),
                    "half");
            Path foreign = Files.writeString(staging.resolve("notes.part"), "mine");
            shop.bundle("*.js");
            shop.run();
            assertTrue(Files.exists(living));
            assertTrue(Files.notExists(reused));
            assertTrue(Files.exists(own));
            assertTrue(Files.exists(foreign));
            sleeper.destroyForcibly().waitFor();
            shop.run();
            assertTrue(Files.notExists(living));
        } finally {
            sleeper.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x", "100000", "-1", "", "257", "two", "99999999999999999999"})
    void run_workersThatCannotBe_areRefused(String workers) throws Exception {
        shop.workers = workers;
        shop.bundle("*.js");
        assertEquals("<workers> must be auto or a number from 0 to 256: workers=" + workers, failure());
    }

    @Test
    void run_unknownCharset_namesTheElementThatHasIt() throws Exception {
        shop.encoding = "KOI-99";
        shop.bundle("*.js")
                .bundle(Spec.of("own.js", "*.js").name("own").encoded("no such").typed());
        String text = failure();
        assertTrue(text.contains("<encoding>KOI-99</encoding>: is no charset this Java knows"), text);
        assertTrue(text.contains("<encoding>no such</encoding> of bundle own: is no charset this Java knows"), text);
    }

    @Test
    void run_noBundles_saysWhatToWrite() throws Exception {
        assertTrue(failure().startsWith("<bundles> is missing; name at least one <bundle>"), failure());
    }

    @Test
    void run_noIncludes_saysWhatToWrite() throws Exception {
        shop.bundle(Workshop.spec("shop.js"));
        assertTrue(
                failure().startsWith("<includes> of bundle shop.js is missing, or no <if> in it holds; list"),
                failure());
    }

    @Test
    void run_unknownUpToDateRule_isRefused() throws Exception {
        shop.upToDate = "always";
        shop.bundle("*.js");
        assertEquals("<upToDate> must be stat or content: upToDate=always", failure());
    }

    /** A disk that is full fails as a file does that may not grow, only with other words. */
    @Test
    void run_noMoreCanBeWritten_namesTheFileAndKeepsTheOldOne() throws Exception {
        shop.bundle("*.js");
        shop.run();
        String before = shop.script();
        shop.file("b.js", "b();\n".repeat(30_000));
        String said = LimitedBuild.run(shop.project, 64);
        assertTrue(
                said.startsWith("failed: " + shop.output() + " cannot be written: File too large; what was there before"
                        + " is as it was"),
                said);
        assertEquals(before, shop.script());
        assertEquals(List.of(), shop.staged());
    }

    @Test
    void run_interrupted_publishesNothing() throws Exception {
        shop.bundle("*.js");
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, shop::run);
        assertTrue(Files.notExists(shop.output()));
        assertEquals(List.of(), shop.staged());
    }

    @Test
    void run_hashInTheNameOfAJoinedBundle_theLineNamesTheFile() throws Exception {
        shop.file("a.js", "a();\n")
                .bundle(Spec.of("js/shop-[hash].v[hash].js", "a.js")
                        .minifiedOutput("js/shop-[hash].min.js")
                        .compress("gzip")
                        .licenseFile("js/shop.txt")
                        .typed());
        BundleResult first = shop.run();
        assertTrue(first.shownPlace().matches("target/classes/web/js/shop-([A-Z2-7]{8})\\.v\\1\\.js"), first.summary());
        assertTrue(Files.isRegularFile(first.place()), first.summary());
        BundleResult second = shop.run();
        assertEquals(first.place(), second.place());
        assertTrue(second.summary().contains(first.shownPlace()), second.summary());
    }
}
