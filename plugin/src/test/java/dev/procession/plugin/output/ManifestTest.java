package dev.procession.plugin.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
    @TempDir
    Path build;

    private Path web;

    @BeforeEach
    void open() throws IOException {
        web = Files.createDirectories(build.resolve("classes/web"));
    }

    private OutputPlaces places(String execution) {
        return new OutputPlaces(
                web, build, build.resolve("procession/bundle-js").resolve(execution), web.resolve("manifest.json"));
    }

    private static ManifestEntry entry(String key, String file) {
        return new ManifestEntry(
                key, file, null, key, true, false, List.of(), List.of(), List.of(), List.of(), "sha384-x");
    }

    private void share(String execution, String bundle, ManifestEntry... entries) throws IOException {
        Path directory =
                Files.createDirectories(build.resolve("procession/bundle-js").resolve(execution));
        Files.writeString(
                directory.resolve(bundle + ManifestShare.ENDING),
                new ManifestShare("classes/web/manifest.json", List.of(entries)).text());
        for (ManifestEntry entry : entries) {
            Files.writeString(web.resolve(entry.file()), "x");
        }
    }

    /** As the engine stages and publishes. */
    private final class Bench implements Workbench {
        @Override
        public Path newFile(Path target) throws IOException {
            return Files.createTempFile(Files.createDirectories(build.resolve("staging")), "m", ".part");
        }

        @Override
        public void publish(StagedFile file) throws IOException {
            Files.move(file.content(), file.target(), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private List<String> keys() throws IOException {
        return List.copyOf(JsonParser.parseString(Files.readString(web.resolve("manifest.json")))
                .getAsJsonObject()
                .keySet());
    }

    @Test
    void publish_nothingChanged_touchesNothing() throws IOException {
        share("default", "a", entry("a.ts", "a.js"));
        assertEquals(1, new Manifest(places("default")).publish(new Bench()).size());
        assertEquals(List.of(), new Manifest(places("default")).publish(new Bench()));
        assertEquals(List.of("a.ts"), keys());
    }

    @Test
    void publish_twoBundlesOfOneSource_bothAreFound() throws IOException {
        share("default", "esm", entry("a.ts", "a.js"));
        share("default", "iife", entry("a.ts", "a.iife.js"));
        new Manifest(places("default")).publish(new Bench());
        assertEquals(List.of("_a.iife.js", "a.ts"), keys());
    }

    @Test
    void publish_fileGoneOrShareDamaged_isNotDescribed() throws IOException {
        share("default", "a", entry("a.ts", "a.js"), entry("b.ts", "b.js"));
        share("other", "c", entry("c.ts", "c.js"));
        Files.delete(web.resolve("b.js"));
        Files.writeString(build.resolve("procession/bundle-js/other/c" + ManifestShare.ENDING), "{\"entries\":[{");
        new Manifest(places("default")).publish(new Bench());
        assertEquals(List.of("a.ts"), keys());
    }

    @Test
    void share_readBack_isTheSame() throws IOException {
        ManifestEntry full = new ManifestEntry(
                "k", "f", "n", "s", true, true, List.of("i"), List.of("d"), List.of("c"), List.of("a"), "sha384-y");
        share("default", "x", full);
        assertEquals(
                List.of(full),
                ManifestShare.read(build.resolve("procession/bundle-js/default/x" + ManifestShare.ENDING))
                        .entries());
    }

    /** Executions that publish at the same time lose nothing, whoever is last. */
    @Test
    void publish_byManyAtTheSameTime_nothingIsLost() throws Exception {
        int executions = 8;
        ExecutorService threads = Executors.newFixedThreadPool(executions);
        try {
            for (int round = 0; round < 20; round++) {
                List<Future<?>> ends = new ArrayList<>();
                for (int i = 0; i < executions; i++) {
                    String name = "e" + i;
                    String file = name + "-" + round + ".js";
                    ends.add(threads.submit(() -> {
                        share(name, "b", entry(name + ".ts", file));
                        return new Manifest(places(name)).publish(new Bench());
                    }));
                }
                for (Future<?> end : ends) {
                    end.get(60, TimeUnit.SECONDS);
                }
                String text = Files.readString(web.resolve("manifest.json"));
                for (int i = 0; i < executions; i++) {
                    assertTrue(text.contains("\"e" + i + "-" + round + ".js\""), text);
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
