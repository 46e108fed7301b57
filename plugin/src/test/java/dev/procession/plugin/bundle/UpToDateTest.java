package dev.procession.plugin.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpToDateTest {
    @TempDir
    Path directory;

    private Workshop shop;

    @BeforeEach
    void open() throws Exception {
        shop = new Workshop(directory);
        shop.file("a.js", "a();\n").file("b.js", "b();\n").bundle("*.js");
        shop.run();
    }

    private void assertCurrent() throws Exception {
        FileTime before = Files.getLastModifiedTime(shop.output());
        assertEquals(
                "2 files (10 B) in 1 bundle up to date: target/classes/web/shop.js",
                shop.run().summary());
        assertEquals(before, Files.getLastModifiedTime(shop.output()));
    }

    private void assertBuilt() throws Exception {
        assertEquals(1, shop.run().written());
    }

    private Path record() {
        return shop.target.resolve("procession/bundle-js/default.txt");
    }

    @Test
    void run_nothingChanged_doesNothing() throws Exception {
        assertCurrent();
        assertCurrent();
    }

    @Test
    void run_youngFilesHashedOnce_areBelievedNextTime() throws Exception {
        shop.age();
        // The times changed, so the contents decide, and the record is made anew.
        byte[] first = Files.readAllBytes(record());
        assertCurrent();
        byte[] second = Files.readAllBytes(record());
        assertFalse(java.util.Arrays.equals(first, second));
        assertCurrent();
        assertArrayEquals(second, Files.readAllBytes(record()));
    }

    @Test
    void run_inputTouched_isStillCurrent() throws Exception {
        Files.setLastModifiedTime(
                shop.sources.resolve("a.js"), FileTime.from(Instant.now().minusSeconds(99)));
        assertCurrent();
    }

    @Test
    void run_inputChanged_isBuilt() throws Exception {
        shop.file("b.js", "bee();\n");
        assertBuilt();
        assertEquals("a();\nbee();\n", shop.body());
    }

    @Test
    void run_youngInputChangedWithinTheTick_isBuilt() throws Exception {
        Path input = shop.sources.resolve("a.js");
        FileTime time = Files.getLastModifiedTime(input);
        // In place: same size, same inode, and a clock that did not tick.
        Files.writeString(input, "z();\n");
        Files.setLastModifiedTime(input, time);
        assertBuilt();
        assertEquals("z();\nb();\n", shop.body());
    }

    @Test
    void run_contentRule_findsWhatStatCannot() throws Exception {
        shop.age();
        assertCurrent();
        Path input = shop.sources.resolve("a.js");
        FileTime time = Files.getLastModifiedTime(input);
        Files.writeString(input, "z();\n");
        Files.setLastModifiedTime(input, time);
        // Old enough to be believed: the price of the rule, and git's.
        assertCurrent();
        shop.upToDate = "content";
        assertBuilt();
    }

    @Test
    void run_inputAddedOrRemoved_isBuilt() throws Exception {
        shop.file("c.js", "c();\n");
        assertBuilt();
        Files.delete(shop.sources.resolve("a.js"));
        assertBuilt();
        assertEquals("b();\nc();\n", shop.body());
    }

    @Test
    void run_orderChanged_isBuilt() throws Exception {
        shop.noBundles().bundle("b.js", "a.js");
        assertBuilt();
        assertEquals("b();\na();\n", shop.body());
    }

    @Test
    void run_includesWrittenDifferentlyWithTheSameFiles_isCurrent() throws Exception {
        shop.noBundles().bundle("a.js", "b.js");
        assertCurrent();
    }

    @Test
    void run_outputEdited_isBuilt() throws Exception {
        String before = shop.script();
        Files.writeString(shop.output(), before.replace('a', 'z'));
        assertBuilt();
        assertEquals(before, shop.script());
    }

    @Test
    void run_outputOrMapMissing_isBuilt() throws Exception {
        Files.delete(shop.output());
        assertBuilt();
        Files.delete(shop.target.resolve("classes/web/shop.js.map"));
        assertBuilt();
        assertCurrent();
    }

    @Test
    void run_configurationOrEngineChanged_isBuilt() throws Exception {
        shop.noBundles().bundle(Workshop.withBanner("/* x */", "*.js"));
        assertBuilt();
        shop.engineVersion = "2";
        assertBuilt();
        shop.encoding = "ISO-8859-1";
        assertBuilt();
        shop.workers = "1";
        assertEquals(0, shop.run().written());
    }

    @Test
    void run_recordDamagedOrCut_isBuilt() throws Exception {
        String text = Files.readString(record());
        Files.writeString(record(), text.replaceFirst("in 5", "in 6"));
        assertBuilt();
        Files.writeString(record(), text.substring(0, text.length() / 2));
        assertBuilt();
        Files.write(record(), new byte[] {0, -1, 7});
        assertBuilt();
        Files.delete(record());
        assertBuilt();
        assertCurrent();
    }

    @Test
    void run_oneOfTwoBundlesChanged_onlyThatIsWritten() throws Exception {
        shop.bundle(Workshop.spec("more.js", "b.js"));
        assertTrue(shop.run().summary().contains("into 1 bundle in"));
        FileTime before = Files.getLastModifiedTime(shop.target.resolve("classes/web/more.js"));
        shop.file("a.js", "aa();\n");
        String summary = shop.run().summary();
        assertTrue(
                summary.matches("bundled 2 files \\(11 B\\) into 1 bundle in .* s, 1 more up to date: .*shop.js"),
                summary);
        assertEquals(before, Files.getLastModifiedTime(shop.target.resolve("classes/web/more.js")));
        assertEquals(
                "2 files (11 B) in 2 bundles up to date: target/classes/web",
                shop.run().summary());
    }

    @Test
    void run_bundleRenamed_theOldOneIsRemoved() throws Exception {
        shop.noBundles().bundle(Workshop.spec("new.js", "*.js"));
        assertBuilt();
        assertTrue(Files.notExists(shop.output()));
        assertTrue(Files.notExists(shop.target.resolve("classes/web/shop.js.map")));
        assertTrue(Files.exists(shop.target.resolve("classes/web/new.js")));
    }

    @Test
    void run_mapNoLongerWanted_isRemoved() throws Exception {
        shop.noBundles().bundle(Workshop.withoutMap("*.js"));
        assertBuilt();
        assertTrue(Files.notExists(shop.target.resolve("classes/web/shop.js.map")));
        assertEquals("a();\nb();\n", shop.script());
    }

    @Test
    void run_bundleRemovedButEdited_isLeft() throws Exception {
        Files.writeString(shop.output(), "mine");
        shop.noBundles().bundle(Workshop.spec("new.js", "*.js"));
        assertBuilt();
        assertEquals("mine", shop.script());
    }

    @Test
    void run_bundleMovedToAnotherExecution_isLeftToIt() throws Exception {
        shop.claims = new java.util.concurrent.ConcurrentHashMap<>();
        shop.execution = "other";
        shop.runInSameBuild();
        shop.execution = "default";
        shop.noBundles().bundle(Workshop.spec("new.js", "*.js"));
        shop.runInSameBuild();
        assertTrue(Files.exists(shop.output()));
    }
}
