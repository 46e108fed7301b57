package dev.procession.plugin.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.bundle.request.ModuleSetting;
import dev.procession.plugin.bundle.request.SourceMarks;
import dev.procession.plugin.engine.Engine;
import dev.procession.plugin.engine.EngineSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When bundles of modules are made anew, and when nothing is done. */
class ModulesUpToDateTest {
    @TempDir
    Path directory;

    Workshop shop;
    private final AtomicInteger engineAskedFor = new AtomicInteger();

    @BeforeEach
    void open() throws IOException {
        shop = new Workshop(directory);
        EngineSource real = shop.engine;
        shop.engine = new EngineSource() {
            @Override
            public String identity() throws IOException {
                return real.identity();
            }

            @Override
            public Engine get() throws IOException, InterruptedException {
                engineAskedFor.incrementAndGet();
                return real.get();
            }
        };
        shop.file("app.ts", "import { foo } from './foo'; console.log(foo);\n")
                .file("foo/index.ts", "export const foo = 'directory';\n");
    }

    /** Builds, with all sources old enough to be believed. */
    BundleResult build() throws Exception {
        shop.age();
        return shop.run();
    }

    private void assertFresh() throws Exception {
        int before = engineAskedFor.get();
        BundleResult result = shop.run();
        assertEquals(0, result.written(), () -> result.summary() + shop.details);
        assertEquals(before, engineAskedFor.get());
    }

    private void assertRebuilt() throws Exception {
        BundleResult result = shop.run();
        assertEquals(1, result.written(), result.summary());
    }

    @Test
    void run_nothingChanged_engineNotEvenAskedFor() throws Exception {
        shop.modules("app.js", "app.ts");
        build();
        assertFresh();
        assertFresh();
    }

    @Test
    void run_nothingChanged_tellsTheSameFilesAsTheBuildDid() throws Exception {
        // A file that steers is no file of the bundle, and one of a package is.
        shop.file("package.json", "{}").file("tsconfig.json", "{}").modules("app.js", "app.ts");
        BundleResult built = build();
        BundleResult fresh = shop.run();
        assertEquals(0, fresh.written(), fresh::summary);
        assertTrue(built.summary().contains("bundled 2 files ("), built.summary());
        assertEquals(
                built.summary().replaceFirst("(?s)^bundled (2 files \\([^)]*\\)).*", "$1"),
                fresh.summary().replaceFirst("(?s)^(2 files \\([^)]*\\)).*", "$1"));
    }

    @Test
    void run_outputChangedInPlaceWithTheSameSize_rebuilds() throws Exception {
        shop.modules("app.js", "app.ts");
        build();
        byte[] bytes = Files.readAllBytes(shop.web("app.js"));
        bytes[0] ^= 1;
        Files.write(shop.web("app.js"), bytes);
        assertRebuilt();
        assertTrue(shop.read("app.js").contains("directory"));
    }

    @Test
    void run_inputChanged_rebuilds() throws Exception {
        shop.modules("app.js", "app.ts");
        build();
        shop.file("foo/index.ts", "export const foo = 'changed';\n");
        assertRebuilt();
        assertTrue(shop.read("app.js").contains("changed"));
    }

    @Test
    void run_fileThatAStyleSheetNamesWithASuffixChanged_rebuilds() throws Exception {
        shop.file("icons.css", """
                @font-face { font-family: i; src: url(i.eot?#iefix), url(i.svg?v=4#i) }
                a { background: url(dot.svg#a) } b { background: url(dot.svg#b) }
                """)
                .file("i.eot", "eot")
                .file("i.svg", "<svg/>")
                .file("dot.svg", "<svg></svg>")
                .modules("icons.css", "icons.css");
        assertTrue(build().summary().contains("bundled 4 files ("));
        assertFresh();
        for (String name : List.of("i.eot", "i.svg", "dot.svg")) {
            shop.file(name, "another " + name);
            assertRebuilt();
            shop.age();
            shop.run();
            assertFresh();
        }
    }

    @Test
    void run_fileThatResolutionPrefersAppears_rebuilds() throws Exception {
        shop.modules("app.js", "app.ts");
        build();
        assertTrue(shop.read("app.js").contains("directory"));
        shop.file("foo.ts", "export const foo = 'file';\n");
        assertRebuilt();
        assertTrue(shop.read("app.js").contains("\"file\""), shop.read("app.js"));
    }

    @Test
    void run_unrelatedFileAppears_nothingDone() throws Exception {
        shop.modules("app.js", "app.ts");
        build();
        shop.file("README.md", "words").file(".app.ts.swp", "x").file("app.ts~", "x");
        assertFresh();
    }

    @Test
    void run_tsconfigAppearsChangesAndIsExtended_rebuilds() throws Exception {
        shop.modules("app.js", "app.ts");
        build();
        Path config = shop.project.resolve("tsconfig.json");
        Files.writeString(config, "{ // comment\n \"extends\": \"./base.json\", }");
        Files.writeString(shop.project.resolve("base.json"), "{}");
        assertRebuilt();
        Files.writeString(shop.project.resolve("base.json"), "{\"compilerOptions\": {\"target\": \"es2017\"}}");
        assertRebuilt();
    }

    @Test
    void run_tsconfigPathsTargetAppears_rebuilds() throws Exception {
        Files.writeString(
                shop.project.resolve("tsconfig.json"),
                "{\"compilerOptions\": {\"paths\": {\"@/*\": [\"./src/first/*\", \"./src/main/js/*\"]}}}");
        shop.file("app.ts", "import { foo } from '@/foo'; console.log(foo);\n").modules("app.js", "app.ts");
        build();
        assertTrue(shop.read("app.js").contains("directory"));
        Files.createDirectories(shop.project.resolve("src/first"));
        Files.writeString(shop.project.resolve("src/first/foo.ts"), "export const foo = 'preferred';\n");
        assertRebuilt();
        assertTrue(shop.read("app.js").contains("preferred"), shop.read("app.js"));
    }

    @Test
    void run_mapOfAnInputChangesOrAppears_rebuilds() throws Exception {
        String map =
                "{\"version\":3,\"sources\":[\"%s\"],\"sourcesContent\":[\"x\"],\"names\":[],\"mappings\":\"AAAA\"}";
        shop.file("app.ts", "import './made.js';\n")
                .file("made.js", "console.log(1);\n//# sourceMappingURL=made.js.map\n")
                .modules("app.js", "app.ts");
        build();
        shop.file("made.js.map", String.format(map, "first.x"));
        assertRebuilt();
        build();
        assertFresh();
        shop.file("made.js.map", String.format(map, "other.x"));
        assertRebuilt();
        assertTrue(shop.read("app.js.map").contains("other.x"));
    }

    @Test
    void run_mapNamedFarFromTheEndChanges_rebuilds() throws Exception {
        String map = "{\"version\":3,\"sources\":[\"%s\"],\"sourcesContent\":[\"x\"],\"mappings\":\"AAAA\"}";
        String far = "// " + "x".repeat(1000) + "\n";
        shop.file("app.ts", "import './first.js'; import './star.js'; import './s.css';\n")
                .file("first.js", "console.log(1);\n//# sourceMappingURL=maps/a%20b.map?v=1\n" + far.repeat(5))
                .file("star.js", "console.log('//# sourceMappingURL=no.map'); /*@ sourceMappingURL=star.map*/" + far)
                .file("s.css", "a { color: red }\n/*# sourceMappingURL=s.map */\n/* " + "x".repeat(5000) + "*/\n")
                .modules("app.js", "app.ts");
        for (String name : List.of("maps/a b.map", "star.map", "s.map")) {
            shop.file(name, String.format(map, name + "first.x"));
        }
        build();
        for (String name : List.of("maps/a b.map", "star.map", "s.map")) {
            assertFresh();
            shop.file(name, String.format(map, name + "other.x"));
            assertRebuilt();
            String made = shop.read("app.js.map") + shop.read("app.css.map");
            assertTrue(made.replace("%20", " ").contains(name + "other.x"), made);
            build();
        }
    }

    @Test
    void run_sourceThatAMapOnlyNamesChanges_rebuilds() throws Exception {
        shop.file("app.ts", "import './made.js';\n")
                .file("made.js", "console.log(1);\n//# sourceMappingURL=made.js.map\n")
                .file("made.js.map", "{\"version\":3,\"sources\":[\"made.coffee\"],\"mappings\":\"AAAA\"}")
                .file("made.coffee", "first words")
                .modules("app.js", "app.ts");
        build();
        assertTrue(shop.read("app.js.map").contains("first words"));
        assertFresh();
        shop.file("made.coffee", "other words");
        assertRebuilt();
        assertTrue(shop.read("app.js.map").contains("other words"));
    }

    private void config(String name, String json) throws Exception {
        Path file = shop.project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, json);
        java.nio.file.attribute.FileTime past =
                java.nio.file.attribute.FileTime.from(java.time.Instant.now().minusSeconds(60));
        Files.setLastModifiedTime(file, past);
    }

    private static final String LOOSE = "{\"compilerOptions\": {\"alwaysStrict\": false}}";
    private static final String STRICT = "{\"compilerOptions\": {\"alwaysStrict\": true}}";

    @Test
    void run_tsconfigExtendsPackages_changesThereRebuild() throws Exception {
        config("tsconfig.json", """
                {"extends": ["@tsconfig/strictest/tsconfig.json", "@tsconfig/bare", "field", "mapped/strict", "file"]}""");
        config("node_modules/@tsconfig/strictest/tsconfig.json", "{\"extends\": \"../inner.json\"}");
        config("node_modules/@tsconfig/inner.json", LOOSE);
        config("node_modules/@tsconfig/bare/tsconfig.json", LOOSE);
        config("node_modules/field/package.json", "{\"tsconfig\": \"config/here.json\"}");
        config("node_modules/field/config/here.json", LOOSE);
        config("node_modules/mapped/package.json", """
                {"exports": {"./package.json": "./package.json", "./*": {"require": "./sets/*.json"}}}""");
        config("node_modules/mapped/sets/strict.json", LOOSE);
        config("node_modules/file.json", LOOSE);
        shop.file("app.ts", "console.log(1);\n")
                .modules("app.js", Map.of(ModuleSetting.FORMAT, List.of("iife")), "app.ts");
        build();
        for (String name : List.of(
                "@tsconfig/inner.json",
                "@tsconfig/bare/tsconfig.json",
                "field/config/here.json",
                "mapped/sets/strict.json",
                "file.json")) {
            // A later one wins over all before it, so they are made strict one after the other, and loose again.
            assertFresh();
            config("node_modules/" + name, STRICT);
            assertRebuilt();
            build();
        }
        assertTrue(shop.read("app.js").contains("use strict"), shop.read("app.js"));
        assertFresh();
        // Nearer to the tsconfig.json, with a name that is tried before the one that is there.
        config("node_modules/file/tsconfig.json", LOOSE);
        assertRebuilt();
        assertFalse(shop.read("app.js").contains("use strict"), shop.read("app.js"));
    }

    @Test
    void run_tsconfigIsALinkToOneElsewhere_whatThatExtendsCounts() throws Exception {
        config("shared/main.json", "{\"extends\": \"./base\"}");
        config("shared/base.json", "{}");
        Files.createSymbolicLink(shop.project.resolve("tsconfig.json"), Path.of("shared/main.json"));
        shop.modules("app.js", "app.ts");
        build();
        assertFresh();
        config("shared/base.json", STRICT);
        assertRebuilt();
    }

    @Test
    void run_pathsOfOneConfigWithTheBaseOfAnother_newTargetRebuilds() throws Exception {
        config("shared/base.json", "{\"compilerOptions\": {\"baseUrl\": \"../src\"}}");
        config("tsconfig.json", """
                {"extends": "./shared/base", "compilerOptions": {"paths": {"@/*": ["./first/*", "./main/js/*"]}}}""");
        shop.file("app.ts", "import { foo } from '@/foo'; console.log(foo);\n").modules("app.js", "app.ts");
        Files.createDirectories(shop.project.resolve("src/first"));
        build();
        assertTrue(shop.read("app.js").contains("directory"));
        assertFresh();
        config("src/first/foo.ts", "export const foo = 'first';\n");
        assertRebuilt();
        assertTrue(shop.read("app.js").contains("first"));
    }

    @Test
    void run_pathsOfANamedConfigBelowItsOwnDirectory_newTargetRebuilds() throws Exception {
        config("shared/base.json", """
                {"compilerOptions": {"paths": {"@/*": ["${configDir}/one/*", "${configDir}/two/*"]}}}""");
        config("config/app.json", "{\"extends\": \"../shared/base.json\"}");
        config("config/two/foo.ts", "export const foo = 'two';\n");
        Files.createDirectories(shop.project.resolve("config/one"));
        shop.file("app.ts", "import { foo } from '@/foo'; console.log(foo);\n")
                .modules("app.js", Map.of(ModuleSetting.TSCONFIG, List.of("config/app.json")), "app.ts");
        build();
        assertTrue(shop.read("app.js").contains("two"));
        assertFresh();
        config("config/one/foo.ts", "export const foo = 'one';\n");
        assertRebuilt();
        assertTrue(shop.read("app.js").contains("one"));
    }

    @Test
    void run_linkLeadsElsewhere_rebuilds() throws Exception {
        shop.file("app.ts", "import './look/theme/t.js';\n")
                .file("dark/t.js", "console.log('dark');\n")
                .file("light/t.js", "console.log('light');\n")
                .file("look/some.js", "")
                .modules("app.js", "app.ts");
        Path link = shop.sources.resolve("look/theme");
        Files.createSymbolicLink(link, Path.of("../dark"));
        build();
        assertTrue(shop.read("app.js").contains("dark"));
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("../light"));
        assertRebuilt();
        assertTrue(shop.read("app.js").contains("light"));
    }

    @Test
    void run_packageAppearsInNodeModulesThatAreThere_rebuilds() throws Exception {
        Path outer = shop.sources.resolve("node_modules");
        Path inner = shop.sources.resolve("deep/node_modules");
        for (String name : List.of("plain", "@scope/part")) {
            Files.createDirectories(outer.resolve(name));
            Files.writeString(outer.resolve(name + "/index.js"), "console.log('outer');\n");
        }
        Files.createDirectories(inner.resolve("@scope"));
        shop.file("deep/app.ts", "import 'plain'; import '@scope/part';\n").modules("app.js", "deep/app.ts");
        build();
        for (String name : List.of("@scope/part", "plain")) {
            build();
            Files.createDirectories(inner.resolve(name));
            Files.writeString(inner.resolve(name + "/index.js"), "console.log('inner " + name + "');\n");
            assertRebuilt();
            assertTrue(shop.read("app.js").contains("inner " + name), name);
        }
    }

    @Test
    void run_tsconfigBesideOneOfACircleChanges_rebuilds() throws Exception {
        shop.file("one/x.ts", "import '../two/y'; export const x = (window as any).a?.b;\n")
                .file("two/y.ts", "import { x } from '../one/x'; console.log(() => x);\n")
                .file("one/tsconfig.json", "{\"compilerOptions\": {\"target\": \"es2022\", \"alwaysStrict\": false}}")
                .modules("app.js", "one/x.ts");
        build();
        shop.file("one/tsconfig.json", "{\"compilerOptions\": {\"target\": \"es2022\", \"alwaysStrict\": true}}");
        assertRebuilt();
    }

    @Test
    void run_packageJsonAppearsBesideSources_rebuilds() throws Exception {
        shop.modules("app.js", "app.ts");
        build();
        Files.writeString(shop.project.resolve("package.json"), "{\"sideEffects\": false}");
        assertRebuilt();
    }

    @Test
    void run_nodeModulesAppearAboveTheProject_rebuilds() throws Exception {
        Workshop inner = new Workshop(Files.createDirectories(shop.project.resolve("modules/web")));
        inner.engine = shop.engine;
        inner.displayDirectory = shop.project;
        inner.file("app.js", "try { require('late'); } catch (e) { console.log(e); }\n")
                .modules("app.js", "app.js");
        inner.age();
        inner.run();
        Path late = Files.createDirectories(shop.project.resolve("node_modules/late"));
        Files.writeString(late.resolve("index.js"), "module.exports = 'arrived late';\n");
        assertEquals(1, inner.run().written());
        assertTrue(inner.read("app.js").contains("arrived late"));
    }

    @Test
    void run_configurationOrEngineChanged_rebuilds() throws Exception {
        shop.modules("app.js", "app.ts");
        build();
        shop.noBundles().modules("app.js", Map.of(ModuleSetting.FORMAT, List.of("iife")), "app.ts");
        assertRebuilt();
        EngineSource same = shop.engine;
        shop.engine = new EngineSource() {
            @Override
            public String identity() {
                return "another";
            }

            @Override
            public Engine get() throws IOException, InterruptedException {
                return same.get();
            }
        };
        assertRebuilt();
    }

    @Test
    void run_outputDeletedOrChanged_rebuilds() throws Exception {
        shop.modules("app.js", "app.ts");
        build();
        Files.delete(shop.web("app.js.map"));
        assertRebuilt();
        Files.writeString(shop.web("app.js"), "// somebody else\n");
        assertRebuilt();
        assertTrue(shop.read("app.js").contains("directory"));
    }

    @Test
    void run_oneOfThreeChanged_onlyThatOneRuns() throws Exception {
        shop.file("one.js", "console.log(1);\n").file("two.js", "console.log(2);\n");
        shop.modules("app.js", "app.ts").modules("one.js", "one.js").modules("two.js", "two.js");
        assertEquals(3, build().written());
        shop.file("one.js", "console.log(11);\n");
        BundleResult result = shop.run();
        assertEquals(1, result.written());
        assertEquals(2, result.current());
        assertTrue(shop.read("one.js").contains("11"));
    }

    @Test
    void run_bundleRemoved_itsFilesGoAndNoOthers() throws Exception {
        shop.file("two.js", "import('./lazy.js');\n").file("lazy.js", "export default 1;\n");
        shop.modules("app.js", "app.ts").modules("two.js", Map.of(ModuleSetting.SPLITTING, List.of("true")), "two.js");
        build();
        Files.writeString(shop.web("chunks/somebody.js"), "else\n");
        shop.modules.remove(1);
        shop.run();
        assertFalse(Files.exists(shop.web("two.js")));
        assertFalse(Files.exists(shop.web("two.js.map")));
        assertEquals("else\n", shop.read("chunks/somebody.js"));
        try (var files = Files.list(shop.web("chunks"))) {
            assertEquals(1, files.count());
        }
        assertTrue(Files.exists(shop.web("app.js")));
    }

    @Test
    void run_changedWhileItWasBuilt_rebuildsNextTime() throws Exception {
        EngineSource real = shop.engine;
        shop.modules("app.js", "app.ts");
        shop.engine = new EngineSource() {
            @Override
            public String identity() throws IOException {
                return real.identity();
            }

            @Override
            public Engine get() throws IOException, InterruptedException {
                // As an editor would save it after the build began: what the engine reads may be either.
                shop.file("app.ts", "import { foo } from './foo'; console.log(foo, 2);\n");
                return real.get();
            }
        };
        build();
        shop.engine = real;
        assertRebuilt();
    }

    /** Between the engine's look at a file and ours. */
    private void meanwhile(Meanwhile change) {
        shop.marks = new SourceMarks() {
            private boolean done;

            @Override
            public void clear(Path file) {
                if (!done) {
                    done = true;
                    try {
                        change.happen();
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }
            }

            @Override
            public void add(Path file, int line, int column, String text, boolean error) {}
        };
    }

    private interface Meanwhile {
        void happen() throws IOException;
    }

    @Test
    void run_fileWrittenBetweenTheEnginesLookAndOurs_isBuiltAgain() throws Exception {
        shop.file("app.js", "console.log('one');\n").modules("app.js", "app.js");
        shop.age();
        meanwhile(() -> shop.file("app.js", "console.log('two');\n"));
        shop.run();
        assertTrue(shop.read("app.js").contains("\"one\""), shop.read("app.js"));
        assertEquals(1, shop.run().written());
        assertTrue(shop.read("app.js").contains("\"two\""), shop.read("app.js"));
        shop.age();
        shop.run();
        assertEquals(0, shop.run().written(), "and then it is known");
    }

    @Test
    void run_olderFileMovedOverAnInputMeanwhile_isBuiltAgain() throws Exception {
        shop.file("app.js", "console.log('one');\n")
                .file("other/app.js", "console.log('two');\n")
                .modules("app.js", "app.js");
        shop.age();
        meanwhile(() -> Files.move(
                shop.sources.resolve("other/app.js"),
                shop.sources.resolve("app.js"),
                StandardCopyOption.REPLACE_EXISTING));
        shop.run();
        assertTrue(shop.read("app.js").contains("\"one\""), shop.read("app.js"));
        assertEquals(1, shop.run().written());
        assertTrue(shop.read("app.js").contains("\"two\""), shop.read("app.js"));
    }

    @Test
    void run_olderFileMovedBesideAnInputMeanwhile_isBuiltAgain() throws Exception {
        shop.file("app.js", "import './x';\n")
                .file("x/index.js", "console.log('folder');\n")
                .file("other/x.js", "console.log('file');\n")
                .modules("app.js", "app.js");
        shop.age();
        meanwhile(() -> Files.move(shop.sources.resolve("other/x.js"), shop.sources.resolve("x.js")));
        shop.run();
        assertTrue(shop.read("app.js").contains("\"folder\""), shop.read("app.js"));
        assertEquals(1, shop.run().written());
        assertTrue(shop.read("app.js").contains("\"file\""), shop.read("app.js"));
    }
}
