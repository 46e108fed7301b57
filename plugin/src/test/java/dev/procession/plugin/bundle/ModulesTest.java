package dev.procession.plugin.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.bundle.request.ModuleSetting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes of bundles of modules, made by the real engine. */
class ModulesTest {
    @TempDir
    Path directory;

    private Workshop shop;

    @BeforeEach
    void open() throws IOException {
        shop = new Workshop(directory);
    }

    private List<String> written() throws IOException {
        Path web = shop.target.resolve("classes/web");
        try (Stream<Path> files = Files.walk(web)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> web.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    private static Map<ModuleSetting, List<String>> with(ModuleSetting setting, String... values) {
        Map<ModuleSetting, List<String>> settings = new EnumMap<>(ModuleSetting.class);
        settings.put(setting, List.of(values));
        return settings;
    }

    @Test
    void run_typescriptJsxCssJson_oneBundleOfEach() throws Exception {
        shop.file("app.tsx", """
                        import { total } from './lib/total';
                        import names from './names.json';
                        import './app.css';
                        import style from './card.module.css';
                        const h = (...all: unknown[]): unknown => all;
                        export const page: unknown = <p class={style.card}>{total(names.length)}</p>;
                        """)
                .file("lib/total.ts", """
                        export function total(n: number): number { return n + 1; }
                        export const unused = 'nobody wants this';
                        """)
                .file("names.json", "[\"a\", \"b\"]")
                .file("app.css", "@import './base.css';\nbody { color: red }\n")
                .file("base.css", "html { margin: 0 }\n")
                .file("card.module.css", ".card { border: 1px }\n")
                .modules("js/app.js", with(ModuleSetting.JSX_FACTORY, "h"), "app.tsx");
        BundleResult result = shop.run();
        assertEquals(List.of("js/app.css", "js/app.css.map", "js/app.js", "js/app.js.map"), written());
        String script = shop.read("js/app.js");
        assertTrue(script.contains("h(\"p\", { class: card_default.card }"), script);
        assertTrue(script.contains("// src/main/js/lib/total.ts"), script);
        assertFalse(script.contains("nobody wants this"), script);
        assertTrue(script.contains("export {"), script);
        String style = shop.read("js/app.css");
        assertTrue(style.indexOf("margin: 0") < style.indexOf("color: red"), style);
        assertTrue(style.contains(".card_card {"), style);
        assertTrue(
                Files.readString(shop.web("js/app.js.map")).contains("\"../../../../src/main/js/lib/total.ts\""),
                shop.read("js/app.js.map"));
        assertTrue(
                result.summary()
                        .matches(
                                "bundled 6 files \\(\\d+ B\\) into 1 bundle \\(\\d+ B, \\d+ B gzip\\) in [0-9.]+ s: target/classes/web/js"),
                result.summary());
        assertEquals(List.of(), shop.staged());
    }

    @Test
    void run_formats_asAskedFor() throws Exception {
        shop.file("a.js", "export const answer = 42;\n")
                .modules("esm.js", "a.js")
                .modules(
                        "iife.js",
                        Map.of(ModuleSetting.FORMAT, List.of("iife"), ModuleSetting.GLOBAL_NAME, List.of("Shop")),
                        "a.js")
                .modules("node.cjs", with(ModuleSetting.FORMAT, "cjs"), "a.js")
                .run();
        assertTrue(shop.read("esm.js").contains("export {"), shop.read("esm.js"));
        assertTrue(shop.read("iife.js").startsWith("var Shop = (() => {"), shop.read("iife.js"));
        assertTrue(shop.read("node.cjs").contains("module.exports = "), shop.read("node.cjs"));
        assertEquals(List.of("esm.js", "esm.js.map", "iife.js", "iife.js.map", "node.cjs", "node.cjs.map"), written());
    }

    @Test
    void run_splitting_entriesShareChunks() throws Exception {
        shop.file("shared.js", "export const shared = 'once';\n")
                .file("lazy.js", "import { shared } from './shared.js'; export default shared + 'lazily';\n")
                .file("a.js", "import { shared } from './shared.js'; console.log('a', shared); import('./lazy.js');\n")
                .file("pages/b.js", "import { shared } from '../shared.js'; console.log('b', shared);\n")
                .modules("js/", with(ModuleSetting.SPLITTING, "true"), "a.js", "pages/b.js")
                .run();
        List<String> scripts =
                written().stream().filter(name -> name.endsWith(".js")).toList();
        assertEquals(4, scripts.size(), scripts.toString());
        assertTrue(scripts.containsAll(List.of("js/a.js", "js/pages/b.js")), scripts.toString());
        assertTrue(scripts.stream().anyMatch(name -> name.matches("chunks/lazy-[A-Z0-9]{8}\\.js")), scripts.toString());
        long holders = 0;
        for (String script : scripts) {
            if (shop.read(script).contains("\"once\"")) {
                holders++;
            }
        }
        assertEquals(1, holders);
    }

    @Test
    void run_hashInOutput_isTheContents() throws Exception {
        shop.file("a.js", "console.log(1);\n")
                .file("a.css", "a { color: red }\n")
                .modules("js/app.[hash].js", "a.js")
                .modules("css/[hash]-app.css", "a.css")
                .run();
        List<String> first = written();
        assertTrue(first.get(0).matches("css/[A-Z0-9]{8}-app\\.css"), first.toString());
        assertTrue(first.get(2).matches("js/app\\.[A-Z0-9]{8}\\.js"), first.toString());
        shop.file("a.js", "console.log(2);\n").run();
        List<String> second = written();
        assertEquals(first.subList(0, 2), second.subList(0, 2));
        assertEquals(5, second.size(), "the old one is gone: " + second);
        assertEquals("manifest.json", second.get(4));
        assertFalse(second.contains(first.get(2)));
    }

    @Test
    void run_assets_areFilesTextsAndDataUrls() throws Exception {
        shop.file("a.js", """
                        import logo from './logo.png';
                        import note from './note.txt';
                        import dot from './dot.gif';
                        console.log(logo, note, dot);
                        """)
                .file("logo.png", new byte[] {(byte) 0x89, 'P', 'N', 'G', (byte) 0xC3})
                .file("note.txt", "words")
                .file("dot.gif", new byte[] {1, 2, 3})
                .modules(
                        "a.js",
                        Map.of(
                                ModuleSetting.LOADERS,
                                List.of("gif=dataurl"),
                                ModuleSetting.PUBLIC_PATH,
                                List.of("/static/")),
                        "a.js")
                .run();
        String script = shop.read("a.js");
        assertTrue(script.contains("\"words\""), script);
        assertTrue(script.contains("data:image/gif,%01%02%03"), script);
        assertTrue(script.matches("(?s).*\"/static/assets/logo-[A-Z0-9]{8}\\.png\".*"), script);
        assertTrue(written().get(2).startsWith("assets/logo-"), written().toString());
    }

    @Test
    void run_manySettings_reachTheEngine() throws Exception {
        shop.file("a.js", """
                        import { x } from 'virtual';
                        import './side.js';
                        /*! by the shop */
                        debugger;
                        console.log(VERSION, x?.y, 'ї');
                        """)
                .file("side.js", "globalThis.side = 1;\n")
                .file("shim.js", "globalThis.shimmed = true;\n")
                .file("virtual.js", "export const x = globalThis;\n")
                .modules(
                        "a.js",
                        Map.of(
                                ModuleSetting.DEFINE, List.of("VERSION=\"1.2-SNAPSHOT\""),
                                ModuleSetting.ALIAS, List.of("virtual=./src/main/js/virtual.js"),
                                ModuleSetting.INJECT, List.of("shim.js"),
                                ModuleSetting.BANNER, List.of("/* first */"),
                                ModuleSetting.FOOTER, List.of("/* last */"),
                                ModuleSetting.DROP, List.of("debugger"),
                                ModuleSetting.CHARSET, List.of("utf8"),
                                ModuleSetting.TARGETS, List.of("es2019", "safari12"),
                                ModuleSetting.LEGAL_COMMENTS, List.of("linked"),
                                ModuleSetting.SOURCE_MAP, List.of("inline")),
                        "a.js")
                .run();
        String script = shop.read("a.js");
        assertTrue(script.startsWith("/* first */\n"), script);
        assertTrue(script.contains("\"1.2-SNAPSHOT\""), script);
        assertTrue(script.contains("shimmed"), script);
        assertTrue(script.contains("'ї'") || script.contains("\"ї\""), script);
        assertFalse(script.contains("debugger"), script);
        assertFalse(script.contains("?."), script);
        assertTrue(script.contains("/* last */"), script);
        assertTrue(script.contains("sourceMappingURL=data:"), script);
        assertTrue(shop.read("a.js.LEGAL.txt").contains("by the shop"), shop.read("a.js.LEGAL.txt"));
    }

    @Test
    void run_minify_byDefaultOrByBundle() throws Exception {
        shop.minify = true;
        shop.file("a.js", "export function long(parameter) { return parameter + 1; }\n")
                .modules("small.js", "a.js")
                .modules("large.js", with(ModuleSetting.MINIFY, "false"), "a.js")
                .run();
        assertFalse(shop.read("small.js").contains("parameter"), shop.read("small.js"));
        assertTrue(shop.read("large.js").contains("parameter"), shop.read("large.js"));
    }

    @Test
    void run_joinedAndModules_inOneExecution() throws Exception {
        shop.file("a.js", "a();\n")
                .file("m.ts", "export const m: number = 1;\n")
                .bundle("a.js")
                .modules("m.js", "m.ts");
        shop.age();
        BundleResult result = shop.run();
        assertTrue(result.summary().contains("into 2 bundles"), result.summary());
        assertTrue(shop.read("shop.js").startsWith("a();"));
        assertTrue(shop.run().summary().contains("in 2 bundles up to date"));
    }

    @Test
    void run_circularImport_isLegal() throws Exception {
        shop.file("a.js", "import { b } from './b.js'; export const a = () => b; console.log(b);\n")
                .file("b.js", "import { a } from './a.js'; export const b = () => a;\n")
                .modules("a.js", "a.js")
                .run();
        assertTrue(shop.read("a.js").contains("b.js"));
    }

    @Test
    void run_nodeModulesBesideTheSources_areUsedAndNotTouched() throws Exception {
        Path own = Files.createDirectories(shop.project.resolve("node_modules/greeter"));
        Files.writeString(own.resolve("package.json"), "{\"name\": \"greeter\", \"exports\": \"./main.js\"}");
        Files.writeString(own.resolve("main.js"), "export default () => 'hello from npm';\n");
        shop.file("a.js", "import greet from 'greeter'; console.log(greet());\n")
                .modules("a.js", "a.js")
                .run();
        assertTrue(shop.read("a.js").contains("hello from npm"));
        try (Stream<Path> files = Files.list(own)) {
            assertEquals(2, files.count());
        }
    }

    @Test
    void run_cyrillicNamesAndBlanks_areNames() throws Exception {
        Workshop odd = new Workshop(Files.createDirectories(directory.resolve("мій проєкт")));
        odd.file("сторінка один.ts", "import './стиль.css'; console.log('ї');\n")
                .file("стиль.css", "a { color: red }\n")
                .modules("js/сторінка.js", "сторінка один.ts");
        odd.age();
        odd.run();
        assertTrue(odd.read("js/сторінка.js").contains("сторінка один.ts"), odd.read("js/сторінка.js"));
        assertTrue(Files.exists(odd.web("js/сторінка.css")));
        assertTrue(odd.run().summary().contains("up to date"));
    }

    @Test
    void run_twoClones_giveTheSameBytes() throws Exception {
        Map<String, String> first = clone("one");
        Map<String, String> second = clone("another/and/deeper");
        assertEquals(first, second);
        assertTrue(first.size() > 5, first.keySet().toString());
        first.forEach((name, content) -> assertFalse(content.contains(directory.toString()), name));
    }

    @Test
    void run_stylesBehindAnImportOfAChunk_areInTheStyleSheetOfTheEntryToo() throws Exception {
        shop.file("a.js", "import './a.css'; import('./lazy.js');\n")
                .file("lazy.js", "import './lazy.css'; export default 1;\n")
                .file("a.css", ".first { color: red }\n")
                .file("lazy.css", ".later { color: blue }\n")
                .modules("split/a.js", with(ModuleSetting.SPLITTING, "true"), "a.js")
                .modules("whole/a.js", "a.js")
                .run();
        for (String sheet : List.of("split/a.css", "whole/a.css")) {
            assertTrue(shop.read(sheet).matches("(?s).*first.*later.*"), shop.read(sheet));
        }
    }

    private Map<String, String> clone(String place) throws Exception {
        Workshop clone = new Workshop(Files.createDirectories(directory.resolve(place)));
        Path own = Files.createDirectories(clone.project.resolve("node_modules/dep"));
        Files.writeString(own.resolve("package.json"), "{\"name\": \"dep\", \"main\": \"main.js\"}");
        Files.writeString(own.resolve("main.js"), "module.exports = { dep: __filename };\n");
        clone.file(
                        "a.js",
                        "import d from 'dep'; import './a.css'; import x from './x.png'; import('./lazy.js');"
                                + " console.log(d, x);\n")
                .file("lazy.js", "export default 1;\n")
                .file("a.css", "a { background: url(./x.png) }\n")
                .file("x.png", "x".getBytes(StandardCharsets.UTF_8))
                .modules("js/[hash].js", with(ModuleSetting.SPLITTING, "true"), "a.js")
                .run();
        Path web = clone.target.resolve("classes/web");
        Map<String, String> contents = new java.util.TreeMap<>();
        try (Stream<Path> files = Files.walk(web)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(web.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }
}
