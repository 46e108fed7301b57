package dev.procession.plugin.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.report.BuildLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executions that the pom has no longer. */
class BygoneExecutionsTest {
    @TempDir
    Path directory;

    private Workshop shop;

    @BeforeEach
    void twoExecutions() throws Exception {
        shop = new Workshop(directory);
        shop.file("a.js", "console.log('a');\n")
                .file("b.js", "console.log('b');\n")
                .file("c.js", "c();\n");
        shop.modules("b-[hash].js", "b.js").bundle(Workshop.spec("c.js", "c.js"));
        shop.execution = "two/and more";
        shop.run();
        shop.noBundles().modules("a-[hash].js", "a.js");
        shop.execution = "default";
        shop.run();
    }

    private List<String> written() throws IOException {
        try (Stream<Path> files = Files.list(shop.target.resolve("classes/web"))) {
            return files.map(file -> file.getFileName().toString().replaceFirst("-[A-Z0-9]{8}", ""))
                    .sorted()
                    .toList();
        }
    }

    private void remove(String... there) throws Exception {
        new BygoneExecutions(shop.request(), shop).remove(Set.of(there));
    }

    @Test
    void remove_executionIsGone_itsOutputsGoAndNoOthers() throws Exception {
        remove("default", "two/and more");
        assertEquals(List.of("a.js", "a.js.map", "b.js", "b.js.map", "c.js", "c.js.map", "manifest.json"), written());
        remove("default");
        assertEquals(List.of("a.js", "a.js.map", "manifest.json"), written());
        String manifest = shop.read("manifest.json");
        assertTrue(manifest.contains("src/main/js/a.js"), manifest);
        assertFalse(manifest.contains("b.js") || manifest.contains("c.js"), manifest);
        assertEquals(List.of(), shop.staged());
        try (Stream<Path> own = Files.list(shop.target.resolve("procession/bundle-js"))) {
            assertEquals(
                    List.of("default", "default.txt"),
                    own.map(file -> file.getFileName().toString()).sorted().toList());
        }
        assertEquals(0, shop.run().written());
    }

    @Test
    void remove_outputWasChangedByHand_stays() throws Exception {
        Files.writeString(shop.web("c.js"), "mine();\n");
        remove("default");
        assertEquals("mine();\n", shop.read("c.js"));
        assertEquals(List.of("a.js", "a.js.map", "c.js", "manifest.json"), written());
    }

    @Test
    void remove_executionHasAnotherNameNow_whatItWritesStays() throws Exception {
        shop.noBundles().modules("b-[hash].js", "b.js").bundle(Workshop.spec("c.js", "c.js"));
        shop.execution = "renamed";
        shop.run();
        remove("default", "renamed");
        assertEquals(List.of("a.js", "a.js.map", "b.js", "b.js.map", "c.js", "c.js.map", "manifest.json"), written());
        assertTrue(shop.read("manifest.json").contains("src/main/js/b.js"));
        assertEquals(0, shop.run().written());
    }

    @Test
    void remove_anotherPluginWroteTheSameBytesSince_stays() throws Exception {
        FileTime later = FileTime.from(Instant.now().plusSeconds(5));
        Files.setLastModifiedTime(shop.web("c.js"), later);
        remove("default");
        assertEquals(List.of("a.js", "a.js.map", "c.js", "manifest.json"), written());
    }

    @Test
    void remove_recordIsDamaged_outputsStayAndTheManifestForgetsThem() throws Exception {
        Path record = shop.target.resolve("procession/bundle-js/two%2Fand%20more.txt");
        Files.writeString(record, Files.readString(record).replace("out ", "uot "));
        remove("default");
        assertEquals(List.of("a.js", "a.js.map", "b.js", "b.js.map", "c.js", "c.js.map", "manifest.json"), written());
        assertFalse(shop.read("manifest.json").contains("b.js"), shop.read("manifest.json"));
        assertEquals(1, shop.warnings.size(), shop.warnings.toString());
        assertTrue(shop.warnings.get(0).startsWith("execution two/and more is no longer there"), shop.warnings.get(0));
        assertFalse(Files.exists(record));
        remove("default");
        assertEquals(1, shop.warnings.size(), shop.warnings.toString());
    }

    @Test
    void remove_recordOfOneThatStaysIsDamaged_whatItMayHaveStays() throws Exception {
        shop.noBundles().modules("b-[hash].js", "b.js").bundle(Workshop.spec("c.js", "c.js"));
        shop.execution = "renamed";
        shop.run();
        Files.writeString(shop.target.resolve("procession/bundle-js/renamed.txt"), "half");
        shop.claims = new ConcurrentHashMap<>();
        remove("default", "renamed");
        assertEquals(List.of("a.js", "a.js.map", "b.js", "b.js.map", "c.js", "c.js.map", "manifest.json"), written());
        shop.run();
        remove("default", "renamed");
        assertEquals(List.of("a.js", "a.js.map", "b.js", "b.js.map", "c.js", "c.js.map", "manifest.json"), written());
        assertEquals(2, records());
    }

    @Test
    void remove_killedAtAnyFile_theNextOneGoesOnAndNoManifestNamesWhatIsGone() throws Exception {
        int deaths = 0;
        for (boolean dead = true; dead; ) {
            dead = diesAt(++deaths);
            String manifest = shop.read("manifest.json");
            for (String named : List.of("b", "c")) {
                assertTrue(
                        !manifest.contains("src/main/js/" + named + ".js")
                                || written().contains(named + ".js"),
                        "after the death at " + deaths + ": " + manifest);
            }
            remove("default");
            assertEquals(List.of("a.js", "a.js.map", "manifest.json"), written());
            manifest = shop.read("manifest.json");
            assertFalse(manifest.contains("b.js") || manifest.contains("c.js"), manifest);
            assertEquals(1, records());
            twoExecutions();
        }
        assertTrue(deaths > 4, "files that were removed: " + (deaths - 1));
    }

    /** Whether it died, when it had removed so many files. */
    private boolean diesAt(int removed) throws Exception {
        int[] left = {removed};
        BuildLog deadly = new BuildLog() {
            @Override
            public void info(String line) {}

            @Override
            public void warn(String line) {}

            @Override
            public void debug(String line) {
                if (line.startsWith("removed ") && --left[0] == 0) {
                    throw new IllegalStateException("killed");
                }
            }

            @Override
            public boolean debugs() {
                return false;
            }
        };
        try {
            new BygoneExecutions(shop.request(), deadly).remove(Set.of("default"));
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private long records() throws IOException {
        try (Stream<Path> own = Files.list(shop.target.resolve("procession/bundle-js"))) {
            return own.filter(file -> file.toString().endsWith(".txt")).count();
        }
    }
}
