package dev.procession.plugin.npm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.engine.Build;
import dev.procession.plugin.engine.Engine;
import dev.procession.plugin.engine.EngineProcess;
import dev.procession.plugin.engine.EngineSettings;
import dev.procession.plugin.engine.TestEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real engine finds in the folder, and that what it writes does not tell where the cache is. */
class ResolutionTest {
    private static final String WEBJARS = "META-INF/resources/webjars/";

    @TempDir
    Path directory;

    private Larder larder;

    @BeforeEach
    void larder() throws Exception {
        larder = new Larder(directory);
        larder.add(
                "org.webjars.npm",
                "kit",
                "1.0.0",
                new Archive()
                        .with(
                                WEBJARS + "kit/1.0.0/package.json",
                                Archive.json(
                                        "kit",
                                        "1.0.0",
                                        ",\"type\":\"module\",\"exports\":{\".\":{\"browser\":\"./dist/browser.js\","
                                                + "\"default\":\"./dist/server.js\"},\"./parts/*\":\"./dist/parts/*.js\","
                                                + "\"./style.css\":\"./dist/style.css\"},"
                                                + "\"dependencies\":{\"@kit/core\":\"^1.0.0\"}"))
                        .with(
                                WEBJARS + "kit/1.0.0/dist/browser.js",
                                "import { core } from '@kit/core'; export const kit = 'kit for browsers, ' + core;\n")
                        .with(WEBJARS + "kit/1.0.0/dist/server.js", "export const kit = 'kit for servers';\n")
                        .with(WEBJARS + "kit/1.0.0/dist/parts/wheel.js", "export const wheel = 'wheel of kit';\n")
                        .with(WEBJARS + "kit/1.0.0/dist/style.css", ".kit { background: url(./dot.svg) }\n")
                        .with(WEBJARS + "kit/1.0.0/dist/dot.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"));
        larder.add("org.webjars.npm", "kit__core", "2.0.0", core("2.0.0"));
        larder.add("org.mvnpm.at.kit", "core", "1.5.0", core("1.5.0"));
        larder.add(
                "org.webjars.npm",
                "common",
                "1.0.0",
                new Archive()
                        .with(WEBJARS + "common/1.0.0/package.json", Archive.json("common", "1.0.0", ""))
                        .with(WEBJARS + "common/1.0.0/index.js", "exports.common = 'CommonJS';\n"));
    }

    private static Archive core(String version) {
        String root = WEBJARS + "kit__core/" + version + "/";
        return new Archive()
                .with(root + "package.json", Archive.json("@kit/core", version, ",\"module\":\"m.js\""))
                .with(root + "m.js", "export const core = 'core " + version + "';\n");
    }

    private Map<String, String> bundle(Path project, Path nodeModules, String... flags)
            throws IOException, InterruptedException {
        Path source = Files.createDirectories(project.resolve("src"));
        Files.writeString(
                source.resolve("app.js"),
                "import { kit } from 'kit';\nimport { wheel } from 'kit/parts/wheel';\nimport 'kit/style.css';\n"
                        + "import { core } from '@kit/core';\nimport { common } from 'common';\n"
                        + "console.log(kit, wheel, core, common);\n");
        Engine engine = TestEngine.source(EngineSettings.DEFAULT, TestEngine.cache(), larder)
                .get();
        List<String> all = new ArrayList<>(List.of(
                "--bundle",
                "--format=esm",
                "--outdir=target/out",
                "--entry-names=[name]-[hash]",
                "--asset-names=[name]-[hash]",
                "--loader:.svg=file",
                "--sourcemap"));
        all.addAll(List.of(flags));
        try (EngineProcess process = engine.start(1)) {
            Build.Result result = process.build(new Build(
                    project.toString(), List.of(new Build.Entry("", "src/app.js")), all, List.of(nodeModules)));
            assertEquals(List.of(), result.errors());
            return result.files().stream()
                    .collect(Collectors.toMap(
                            file -> project.relativize(Path.of(file.path())).toString(),
                            file -> new String(file.content(), StandardCharsets.UTF_8),
                            (one, other) -> one,
                            TreeMap::new));
        }
    }

    @Test
    void nodeModules_forTheEngine_hasExportsSubpathsScopesStylesAndNestedVersions() throws Exception {
        Path nodeModules = larder.make().nodeModules().orElseThrow();
        String all = String.join("\n", bundle(larder.project, nodeModules).values());
        assertTrue(all.contains("kit for browsers"), all);
        assertFalse(all.contains("kit for servers"), all);
        assertTrue(all.contains("wheel of kit"), all);
        assertTrue(all.contains("core 2.0.0"), "what the project itself imports: " + all);
        assertTrue(all.contains("core 1.5.0"), "what kit asks for: " + all);
        assertTrue(all.contains("CommonJS"), all);
        assertTrue(all.contains("http://www.w3.org/2000/svg"), all);
        assertTrue(all.contains("// target/procession/npm/node_modules/kit/node_modules/@kit/core/m.js"), all);
    }

    @Test
    void nodeModules_projectsAndCachesInOtherPlaces_giveTheSameBytes() throws Exception {
        Map<String, String> here =
                bundle(larder.project, larder.make().nodeModules().orElseThrow());
        Larder there = larder.neighbour("much/deeper/down");
        there.cache = directory.resolve("another/cache");
        Map<String, String> elsewhere =
                bundle(there.project, there.make().nodeModules().orElseThrow());
        assertEquals(5, here.size(), here.keySet().toString());
        assertEquals(here, elsewhere);
        assertFalse(here.toString().contains(directory.getFileName().toString()), here.toString());
    }

    @Test
    void nodeModules_packageBesideTheSources_isTheOneThatIsBundled() throws Exception {
        Path own = Files.createDirectories(larder.project.resolve("node_modules/common"));
        Files.writeString(own.resolve("package.json"), Archive.json("common", "9.9.9", ""));
        Files.writeString(own.resolve("index.js"), "exports.common = 'my own';\n");
        String all = String.join(
                "\n",
                bundle(larder.project, larder.make().nodeModules().orElseThrow())
                        .values());
        assertTrue(all.contains("my own"), all);
        assertFalse(all.contains("'CommonJS'") || all.contains("\"CommonJS\""), all);
    }
}
