package dev.procession.plugin.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.bundle.request.BundleFailedException;
import dev.procession.plugin.bundle.request.BundleRequest;
import dev.procession.plugin.bundle.request.ModuleRequest;
import dev.procession.plugin.bundle.request.ModuleSetting;
import dev.procession.plugin.bundle.request.ModuleSpec;
import dev.procession.plugin.engine.EngineSource;
import dev.procession.plugin.npm.PackageSource;
import dev.procession.plugin.output.OutputSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** The same changes as its parent's, by a build that could take the short way. */
class LastLookTest extends ModulesUpToDateTest {

    /** Builds, and then once more, so that a look is kept; but for tests whose files are too young for one. */
    @Override
    BundleResult build() throws Exception {
        BundleResult result = super.build();
        shop.keepLook();
        return result;
    }

    private Path look() {
        return shop.target.resolve("procession/bundle-js/default.look");
    }

    /** Whether the next run takes the short way: the long one would miss its record, and build again. */
    private boolean isShort() throws Exception {
        Path record = look().resolveSibling("default.txt");
        byte[] kept = Files.readAllBytes(record);
        Files.delete(record);
        boolean again = shop.run().written() == 0;
        Files.write(record, kept);
        return again;
    }

    @Test
    void again_everythingAsItWas_needsNoRecordAndSaysTheSame() throws Exception {
        shop.modules("app.js", "app.ts");
        build();
        BundleResult first = shop.run();
        shop.debugs = true;
        BundleResult longWay = shop.run();
        shop.debugs = false;
        assertEquals(longWay.summary(), first.summary());
        assertEquals(longWay.properties(), first.properties());
        assertEquals(longWay.place(), first.place());
        assertTrue(isShort());
    }

    @Test
    void again_cyrillicNamesAndBlanks_areNames() throws Exception {
        shop.file("чай і кава.ts", "console.log(1);\n").modules("чай і кава.js", "чай і кава.ts");
        build();
        assertTrue(isShort());
        assertTrue(shop.run().summary().endsWith("target/classes/web/чай і кава.js"), shop.run()::summary);
        shop.file("чай і кава.ts", "console.log(2);\n");
        assertEquals(1, shop.run().written());
    }

    @Test
    void again_wholeContentsWanted_takesTheLongWay() throws Exception {
        shop.modules("app.js", "app.ts");
        build();
        shop.upToDate = "content";
        assertFalse(isShort());
    }

    @Test
    void again_leftoverOfADeadBuild_isSweptAway() throws Exception {
        shop.modules("app.js", "app.ts");
        build();
        Files.writeString(shop.target.resolve("procession/staging/1-1-abc.part"), "half");
        assertEquals(0, shop.run().written());
        assertEquals(List.of(), shop.staged());
    }

    @Test
    void again_lookIsDamaged_takesTheLongWay() throws Exception {
        shop.modules("app.js", "app.ts");
        build();
        String text = Files.readString(look());
        for (String damaged : List.of("", text.substring(0, text.length() / 2), text.replace(" 1 ", " 2 "))) {
            Files.writeString(look(), damaged);
            BundleResult result = shop.run();
            assertEquals(0, result.written());
            assertEquals(1, result.current());
        }
    }

    @Test
    void again_otherExecutionHasTheOutput_isTold() throws Exception {
        shop.modules("app.js", "app.ts");
        build();
        shop.run();
        shop.execution = "other";
        try {
            shop.runInSameBuild();
        } catch (BundleFailedException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("is also written by bundle app.js"), e.getMessage());
            return;
        }
        throw new AssertionError("two executions write one file");
    }

    @Test
    void again_jarChanges_takesTheLongWayAndWarnsEachTime() throws Exception {
        Path jar = shop.project.resolve("repo/tea-1.0.jar");
        jar("1", jar);
        shop.packages = List.of(new PackageSource(jar, "org.webjars.npm", "tea", "1.0", Optional.of("[1.0,2.0)")));
        shop.file("app.ts", "import { tea } from 'tea'; console.log(tea);\n").modules("app.js", "app.ts");
        build();
        shop.warnings.clear();
        assertTrue(isShort());
        assertEquals(1, shop.warnings.size(), shop.warnings::toString);
        jar("22", jar);
        assertEquals(1, shop.run().written());
        assertTrue(shop.read("app.js").contains("22"));
    }

    private static void jar(String value, Path jar) throws IOException {
        Files.createDirectories(jar.getParent());
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> file : Map.of(
                            "package.json",
                            "{\"name\":\"tea\",\"version\":\"1.0\",\"main\":\"tea.js\"}",
                            "tea.js",
                            "export const tea = " + value + ";\n")
                    .entrySet()) {
                zip.putNextEntry(new ZipEntry("META-INF/resources/webjars/tea/1.0/" + file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(60)));
    }

    @Test
    void again_manifestChanged_isBroughtUpToDate() throws Exception {
        shop.modules("app-[hash].js", "app.ts");
        build();
        assertTrue(isShort());
        Files.writeString(shop.web("manifest.json"), "{}");
        shop.run();
        assertTrue(shop.read("manifest.json").contains("app.ts"));
    }

    @Test
    void requestText_eachComponentOfARequest_isInItOrNamedHere() throws Exception {
        // Whoever adds a component has to say whether it decides what is made.
        Set<String> all = new HashSet<>();
        for (Class<?> type : List.of(BundleRequest.class, ModuleRequest.class, ModuleSpec.class, OutputSpec.class)) {
            all.add(type.getSimpleName() + " "
                    + Stream.of(type.getRecordComponents())
                            .map(RecordComponent::getName)
                            .collect(Collectors.joining(" ")));
        }
        assertEquals(
                Set.of(
                        // Not in it: bundles (then there is no look), claims, dependencies (for joined ones),
                        // workerCode, mistakes (then there is no look either).
                        "BundleRequest bundles modules outputs sourceDirectory outputDirectory projectDirectory"
                                + " buildDirectory displayDirectory workers encoding upToDate execution owner claims"
                                + " dependencies workerCode engineVersion mistakes",
                        // Not in it: sources (they are looked at), marks, and of the budget all but what was typed.
                        "ModuleRequest specs engine minify warningsAreErrors sources cacheDirectory budget marks",
                        "ModuleSpec index name entries output directory allowOutside settings outputs",
                        "OutputSpec compress compressEndings sizeReport integrity licenseFile rawBudget gzipBudget brotliBudget"),
                all);
    }

    @Test
    void requestText_anythingTyped_changesIt() throws Exception {
        EngineSource real = shop.engine;
        Set<String> texts = new HashSet<>();
        OutputSpec bare = OutputSpec.NONE;
        OutputSpec zipped = new OutputSpec(List.of("gzip"), List.of(), null, null, null, null, null, null);
        OutputSpec endings = new OutputSpec(List.of(), List.of("gzip"), null, null, null, null, null, null);
        OutputSpec reported = new OutputSpec(List.of(), List.of(), true, null, null, null, null, null);
        OutputSpec integrity = new OutputSpec(List.of(), List.of(), null, true, null, null, null, null);
        OutputSpec licensed = new OutputSpec(List.of(), List.of(), null, null, "1", null, null, null);
        OutputSpec raw = new OutputSpec(List.of(), List.of(), null, null, null, "1", null, null);
        OutputSpec gzip = new OutputSpec(List.of(), List.of(), null, null, null, null, "1", null);
        OutputSpec brotli = new OutputSpec(List.of(), List.of(), null, null, null, null, null, "1");
        int made = 0;
        for (OutputSpec outputs : List.of(bare, zipped, endings, reported, integrity, licensed, raw, gzip, brotli)) {
            shop.modules.clear();
            shop.modules.add(new ModuleSpec(0, null, List.of("app.ts"), "a.js", null, false, Map.of(), outputs));
            texts.add(RequestText.of(shop.request()));
            made++;
        }
        List<ModuleSpec> specs = List.of(
                new ModuleSpec(1, null, List.of("app.ts"), "a.js", null, false, Map.of(), OutputSpec.NONE),
                new ModuleSpec(0, "n", List.of("app.ts"), "a.js", null, false, Map.of(), OutputSpec.NONE),
                new ModuleSpec(0, null, List.of("app.ts", ""), "a.js", null, false, Map.of(), OutputSpec.NONE),
                new ModuleSpec(0, null, List.of("app.ts"), null, null, false, Map.of(), OutputSpec.NONE),
                new ModuleSpec(0, null, List.of("app.ts"), "a.js", "d", false, Map.of(), OutputSpec.NONE),
                new ModuleSpec(0, null, List.of("app.ts"), "a.js", null, true, Map.of(), OutputSpec.NONE),
                new ModuleSpec(
                        0,
                        null,
                        List.of("app.ts"),
                        "a.js",
                        null,
                        false,
                        Map.of(ModuleSetting.JSX, List.of("x")),
                        OutputSpec.NONE),
                new ModuleSpec(
                        0,
                        null,
                        List.of("app.ts"),
                        "a.js",
                        null,
                        false,
                        Map.of(ModuleSetting.PURE, List.of("x")),
                        OutputSpec.NONE));
        for (ModuleSpec spec : specs) {
            shop.modules.clear();
            shop.modules.add(spec);
            texts.add(RequestText.of(shop.request()));
            made++;
        }
        String before = RequestText.of(shop.request());
        shop.manifest = "m.json";
        assertNotEquals(before, RequestText.of(shop.request()));
        shop.manifest = null;
        shop.failOnWarnings = true;
        assertNotEquals(before, RequestText.of(shop.request()));
        shop.failOnWarnings = false;
        shop.minify = true;
        assertNotEquals(before, RequestText.of(shop.request()));
        shop.minify = false;
        shop.engineVersion = "2";
        assertNotEquals(before, RequestText.of(shop.request()));
        shop.engineVersion = "1";
        shop.outputDirectory = shop.target.resolve("other");
        assertNotEquals(before, RequestText.of(shop.request()));
        shop.outputDirectory = null;
        shop.engine = new EngineSource() {
            @Override
            public String identity() {
                return "another";
            }

            @Override
            public dev.procession.plugin.engine.Engine get() throws IOException, InterruptedException {
                return real.get();
            }
        };
        assertNotEquals(before, RequestText.of(shop.request()));
        assertEquals(made, texts.size());
    }
}
