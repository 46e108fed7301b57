package dev.procession.plugin.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.procession.plugin.bundle.request.BundleFailedException;
import dev.procession.plugin.bundle.request.ModuleSetting;
import dev.procession.plugin.bundle.request.ModuleSpec;
import dev.procession.plugin.bundle.request.SourceMarks;
import dev.procession.plugin.output.OutputSpec;
import dev.procession.plugin.sort.Mount;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user reads who made a mistake, and that nothing is lost by it. */
class ModuleProblemsTest {
    @TempDir
    Path directory;

    private Workshop shop;

    @BeforeEach
    void open() throws IOException {
        shop = new Workshop(directory);
        shop.displayDirectory = shop.project;
        shop.file("good.js", "console.log('good');\n");
    }

    /** Fails, with everything as it was before. */
    private String fail() throws Exception {
        BundleFailedException failure = shop.fail();
        assertEquals(List.of(), shop.staged());
        return String.valueOf(failure.getMessage()).replace(System.lineSeparator(), "\n");
    }

    @Test
    void run_syntaxErrors_allOfThemWithPlaceAndFrame() throws Exception {
        shop.file("main.ts", "import './a';\nimport './b';\n")
                .file("a.ts", "// one\nlet x = ;\n")
                .file("b.ts", "const ї = 'ok';\n\tconst y = 'їїї' + ;\n")
                .modules("a.js", "main.ts");
        String message = fail();
        assertTrue(message.startsWith("2 problems:\n"), message);
        assertTrue(message.contains("""
                        src/main/js/a.ts:2:9: Unexpected ";"
                            2 | let x = ;
                              |         ^"""), message);
        assertTrue(message.contains("""
                        src/main/js/b.ts:2:20: Unexpected ";"
                            2 |  const y = 'їїї' + ;
                              |                    ^"""), message);
    }

    @Test
    void run_errorsAndWarnings_areMarkedInTheirSourcesUntilTheyAreMended() throws Exception {
        List<String> marks = new java.util.ArrayList<>();
        shop.marks = new SourceMarks() {
            @Override
            public void clear(Path file) {
                marks.removeIf(mark -> mark.startsWith(file.getFileName() + ":"));
            }

            @Override
            public void add(Path file, int line, int column, String text, boolean error) {
                assertTrue(file.startsWith(shop.sources), file.toString());
                marks.add(file.getFileName() + ":" + line + ":" + column + (error ? " error " : " warning ") + text);
            }
        };
        shop.file("a.js", "export const twice = { a: 1, a: 2 };\n")
                .file("b.js", "import './a.js';\nlet x = ;\n")
                .modules("one.js", "a.js")
                .modules("two.js", "b.js");
        fail();
        marks.sort(null);
        assertEquals(2, marks.stream().distinct().count(), marks.toString());
        assertTrue(marks.get(0).startsWith("a.js:1:30 warning Duplicate key \"a\""), marks.toString());
        assertTrue(marks.get(marks.size() - 1).startsWith("b.js:2:9 error Unexpected \";\""), marks.toString());
        shop.file("a.js", "export const twice = { a: 1, b: 2 };\n").file("b.js", "import './a.js';\nlet x = 1;\n");
        shop.run();
        assertEquals(List.of(), marks);
    }

    @Test
    void run_missingPackage_namesTheDependencyToAdd() throws Exception {
        shop.file("a.ts", "import { render } from 'preact';\nrender();\n").modules("a.js", "a.ts");
        String message = fail();
        assertTrue(message.startsWith("src/main/js/a.ts:1:24: Could not resolve \"preact\"\n"), message);
        assertTrue(message.contains("<artifactId>preact</artifactId>"), message);
        assertFalse(message.contains("--packages"), message);
        shop.file("a.ts", "import fs from 'node:fs';\nfs();\n");
        message = fail();
        assertTrue(
                message.contains("    node:fs is a part of Node, and a browser has none; set <platform>node"), message);
    }

    @Test
    void run_filesAndImportsOfOtherTools_saysWhatToDoInstead() throws Exception {
        shop.file("a.scss", "$x: 1;\n")
                .file("b.vue", "<template/>\n")
                .file("c.html", "<p>")
                .file("d.xyz", "d")
                .file("a.ts", "import './a.scss';\nimport './b.vue';\nimport './c.html?raw';\nimport './d.xyz?v=2';\n")
                .modules("a.js", "a.ts");
        String message = fail();
        assertTrue(message.startsWith("4 problems:\n"), message);
        assertTrue(message.contains("scss files need a compiler"), message);
        assertTrue(message.contains("compile them first, and import the CSS that comes out"), message);
        assertTrue(message.contains("import the JavaScript that comes out"), message);
        assertTrue(
                message.contains("?raw means something to Vite alone; import the file without it, and say"
                        + " <loaders><html>text</html></loaders>"),
                message);
        assertEquals(
                1,
                message.lines()
                        .filter(line -> line.contains("as <png>file</png> does"))
                        .count(),
                message);
    }

    @Test
    void run_missingFile_saysWhere() throws Exception {
        shop.file("a.ts", "import './nix';\n").modules("a.js", "a.ts");
        String message = fail();
        assertTrue(message.contains("src/main/js/a.ts:1:8: Could not resolve \"./nix\""), message);
        assertFalse(message.contains("did you mean"), message);
    }

    @Test
    void run_nearlyTheNameOfAFile_saysWhichWasMeant() throws Exception {
        shop.file("ui/totals.ts", "export const a = 1;\n")
                .file("ui/rows.css", "a { color: red }\n")
                .file("a.ts", "import './ui/total';\nimport './ui/totals.tz';\nimport './ui/row.css';\n")
                .modules("a.js", "a.ts");
        String message = fail();
        assertTrue(message.startsWith("3 problems:\n"), message);
        for (String meant : List.of("./ui/totals", "./ui/totals.ts", "./ui/rows.css")) {
            assertTrue(
                    message.contains("    did you mean \"" + meant + "\"?\n") || message.endsWith("\"" + meant + "\"?"),
                    message);
        }
    }

    @Test
    void run_missingAddressInAStyleSheet_isNoPackage() throws Exception {
        shop.file("img/logo.png", "png")
                .file("foo.css", "a { color: red }\n")
                .file("a.css", """
                        @import "fooo.css";
                        @import "normalize.css";
                        a { background: url(img/logos.png) }
                        b { background: url("pic.png") }
                        i { background: url(/static/pic.png) }
                        """)
                .modules("a.css", "a.css");
        String message = fail();
        assertTrue(message.startsWith("5 problems:\n"), message);
        assertTrue(message.contains("did you mean \"foo.css\"?"), message);
        assertTrue(message.contains("did you mean \"img/logo.png\"?"), message);
        assertTrue(message.contains("has the npm package normalize.css"), message);
        assertEquals(2, message.split("<dependency>", -1).length - 1, message);
        assertTrue(message.contains("where * is a wildcard: <external>pic.png</external>"), message);
        assertTrue(message.contains("where * is a wildcard: <external>/static/*</external>"), message);
        assertFalse(message.contains("You can mark"), message);
    }

    @Test
    void run_queriesOfAnotherTool_areWarnedOf() throws Exception {
        shop.file("w.js", "postMessage(1);\n")
                .file("n.txt", "n")
                .file("i.svg", "<svg/>")
                .file("f.css", "a { src: url(f.woff?#iefix) }\n")
                .file("f.woff", "f")
                .file("a.js", """
                        import './f.css';
                        import note from './n.txt?raw';
                        import url from './i.svg?url';
                        import W from './w.js?worker';
                        import text from './i.svg?raw';
                        import same from './w.js?v=1';
                        console.log(note, url, new W(), text, same);
                        """)
                .modules("a.js", "a.js")
                .run();
        assertEquals(2, shop.warnings.size(), shop.warnings.toString());
        assertTrue(
                shop.warnings.get(0).startsWith("src/main/js/a.js:4:15: ?worker means something to Vite alone"),
                shop.warnings.get(0));
        assertTrue(
                shop.warnings.get(0).contains("write new Worker(new URL(\"./w.js\", import.meta.url)"),
                shop.warnings.get(0));
        assertTrue(shop.warnings.get(1).startsWith("src/main/js/a.js:5:18: ?raw means"), shop.warnings.get(1));
        assertTrue(shop.warnings.get(1).contains("<loaders><svg>text</svg></loaders>"), shop.warnings.get(1));
        shop.failOnWarnings = true;
        assertTrue(fail().startsWith("2 problems:\n"));
    }

    @Test
    void run_namesOfAnotherTool_areWarnedOfWhereTheyComeThrough() throws Exception {
        shop.file("a.ts", """
                        // import.meta.glob("./c/*.ts"), and process.env.COMMENT
                        /*
                         * import.meta.env.COMMENT
                         */
                        const pages = import.meta.glob<{ a: 1 }>("./p/*.ts");
                        if (import.meta.env.DEV) console.log(import.meta.env.MODE);
                        const url = process.env.API_URL;
                        console.log(pages, url, process.env.NODE_ENV, "process.env.TEXT", "https://x", process.env.API);
                        console.log(require.context("./p", true, /ts$/));
                        import "./b";
                        import "./c";
                        import "./d";
                        import "pack";
                        """)
                .file("b.jsx", "console.log(process.env.API)\n")
                .file("c.js", "console.log(typeof process === 'undefined' ? 0 : process.env.GUARDED)\n")
                .file("d.js", "console.log(import.meta.env?.GUARDED, import.meta.env && import.meta.env.GUARDED_TOO)\n")
                .file(
                        "node_modules/pack/index.js",
                        "console.log(import.meta.env.OF_A_PACKAGE, process.env.OF_A_PACKAGE)\n")
                .modules(
                        "a.js",
                        Map.of(ModuleSetting.DEFINE, List.of("import.meta.env.DEV=false", "import.meta.env.MODE=1")),
                        "a.ts")
                .run();
        String all = String.join("\n", shop.warnings);
        List<String> heads = shop.warnings.stream()
                .map(warning -> warning.lines().findFirst().orElseThrow())
                .toList();
        assertEquals(
                List.of(
                        "src/main/js/b.jsx:1:13: process.env.API stays as it is, and browsers have no process (and in 1 more"
                                + " file)",
                        "src/main/js/a.ts:5:15: import.meta.glob means something to Vite alone; here it stays as it is, and"
                                + " browsers have none",
                        "src/main/js/a.ts:7:13: process.env.API_URL stays as it is, and browsers have no process",
                        "src/main/js/a.ts:9:13: require.context means something to webpack alone; here it stays as it is,"
                                + " and browsers have none"),
                heads,
                all);
        assertTrue(
                all.contains(
                        "<define><property><name>process.env.API_URL</name><value>\"some text\"</value></property>"),
                all);
        shop.warnings.clear();
        shop.failOnWarnings = true;
        assertTrue(fail().startsWith("4 problems:\n"));
    }

    @Test
    void run_oneFileWithBracketsForSeveralEntries_isToldHowNamesAreGiven() throws Exception {
        shop.file("other.js", "")
                .modules("ts/[name]-[hash].js", "good.js", "other.js")
                .modules("app.[hash].js", "good.js", "other.js");
        String message = fail();
        String head = "is one file, but there are 2 entries; name a directory, and what is in it: ";
        assertTrue(message.contains(head + "<output>ts/</output> and <entryNames>[name]-[hash]</entryNames>"), message);
        assertTrue(message.contains(head + "<output>js/</output> and <entryNames>[name]-[hash]</entryNames>"), message);
    }

    @Test
    void run_namesOfAnotherToolInPackedScript_areFoundHoweverLongItsLineIs() throws Exception {
        shop.file(
                        "packed.js",
                        "/*! pack */" + "f(\"a.b\");".repeat(100_000) + "g(process.env.API);/* process.env.API */")
                .modules("packed.js", "packed.js")
                .run();
        assertEquals(1, shop.warnings.size(), shop.warnings.toString());
        assertTrue(
                shop.warnings.get(0).contains(": process.env.API stays as it is"),
                shop.warnings.get(0).lines().findFirst().orElseThrow());
        assertTrue(shop.warnings.get(0).length() < 2000);
    }

    @Test
    void run_rulesOfAnotherTool_areWarnedOf() throws Exception {
        shop.file("a.css", "/* @include x; */\n@tailwind base;\na { @apply p-4; color: red }\nb { @apply --mixin; }\n")
                .modules("a.css", "a.css")
                .run();
        assertEquals(2, shop.warnings.size(), shop.warnings.toString());
        assertTrue(
                shop.warnings.get(0).startsWith("src/main/js/a.css:2:1: @tailwind means something to Tailwind alone"),
                shop.warnings.get(0));
        assertTrue(
                shop.warnings
                        .get(0)
                        .endsWith("have that make the style sheet first, and begin with the CSS that comes out"),
                shop.warnings.get(0));
        assertTrue(shop.warnings.get(1).startsWith("src/main/js/a.css:3:5: @apply "), shop.warnings.get(1));
    }

    @Test
    void run_warningOfASourceOfSeveralBundles_isToldOnce() throws Exception {
        shop.file("shared.js", "console.log(typeof a == 'wrong');\n")
                .file("a.js", "import './shared';\n")
                .file("b.js", "import './shared';\n")
                .modules("a.js", "a.js")
                .modules("b.js", "b.js")
                .run();
        assertEquals(1, shop.warnings.size(), shop.warnings.toString());
        assertTrue(shop.warnings.get(0).startsWith("src/main/js/shared.js:1:25: "), shop.warnings.get(0));
        shop.file("a.js", "import './shared'; a();\n").run();
        assertEquals(2, shop.warnings.size(), "the next build tells it again");
    }

    @Test
    void run_packageOfNodeModulesThatGivesNothing_isNotLookedForAmongDependencies() throws Exception {
        shop.file("node_modules/sv/package.json", "{\"name\":\"sv\",\"exports\":{\".\":{\"svelte\":\"./x.js\"}}}")
                .file("node_modules/sv/x.js", "")
                .file("node_modules/@s/p/x.js", "")
                .file("node_modules/@s/p/package.json", "{\"name\":\"@s/p\",\"main\":\"nix.js\"}")
                .file("a.js", "import 'sv'; import '@s/p/y.js'; import '@s/p';\n")
                .modules("a.js", "a.js");
        String message = fail();
        String there = "\n    the package is there, as " + shop.sources.resolve("node_modules");
        assertTrue(message.contains(there + "/sv:\n"), message);
        assertTrue(message.contains("Set <conditions><condition>svelte</condition></conditions> to do that"), message);
        assertTrue(message.contains(there + "/@s/p, but has no file \"y.js\""), message);
        assertTrue(message.contains(there + "/@s/p, but does not say what an import of it means"), message);
        assertFalse(message.contains("<dependency>"), message);
        shop.noBundles().modules("a.js", Map.of(ModuleSetting.CONDITIONS, List.of("svelte")), "b.js");
        shop.file("b.js", "import 'sv';\n").run();
    }

    @Test
    void run_jsxInJs_isToldWithTheElementForIt() throws Exception {
        shop.file("a.js", "export default <div/>;\n").modules("a.js", "a.js");
        String message = fail();
        assertTrue(message.contains("Set <loaders><js>jsx</js></loaders> to do that."), message);
        shop.noBundles()
                .modules("a.js", Map.of(ModuleSetting.LOADERS, List.of("js=jsx")), "a.js")
                .run();
    }

    @Test
    void run_namesOfNode_areForNode() throws Exception {
        shop.file("a.js", "console.log(process.env.API)\n")
                .file("b.js", "import process from './process.js';\nconsole.log(process.env.API)\n")
                .file("process.js", "const process = { env: {} };\nexport default process;\n")
                .modules("a.js", Map.of(ModuleSetting.PLATFORM, List.of("node")), "a.js")
                .modules("b.js", "b.js")
                .run();
        assertEquals(List.of(), shop.warnings);
    }

    @Test
    void run_whatTheEngineCannotDo_isToldWithAWayOut() throws Exception {
        shop.file("a.js", "import sheet from './a.css' with { type: 'css' };\nconsole.log(sheet);\n")
                .file("a.css", "a { color: red }\n")
                .file("b.js", "await fetch('/');\n")
                .file("c.js", "class C {}\nnew C();\n")
                .modules("a.js", "a.js")
                .modules("b.js", Map.of(ModuleSetting.FORMAT, List.of("iife")), "b.js")
                .modules("c.js", Map.of(ModuleSetting.TARGETS, List.of("es5")), "c.js");
        String message = fail();
        assertTrue(message.contains("set <targets>es2015</targets>, or write it without"), message);
        assertTrue(message.contains("<loaders><css>text</css></loaders>, and make the sheet of it:\n"), message);
        assertTrue(message.contains("\n    const sheet = new CSSStyleSheet(); sheet.replaceSync(text)"), message);
        assertTrue(
                message.contains(
                        "\n    put it into an async function, or set <format>esm</format> and load the file with"),
                message);
    }

    @Test
    void run_endingOfTheOtherKind_isToldAsWhatItIs() throws Exception {
        shop.file("a.css", "a { color: red }\n")
                .file("a.ts", "import './a.css'; console.log(1 as number);\n")
                .file("x.png", "png")
                .file("d.json", "{}")
                .file("p.html", "<p>")
                .modules("a.js", "a.css")
                .modules("b.css", "a.ts")
                .modules("c.png", "x.png")
                .modules("d.json", "d.json")
                .modules("e.css", Map.of(ModuleSetting.LOADERS, List.of("css=text")), "a.css")
                .modules("f.htm", Map.of(ModuleSetting.LOADERS, List.of("html=copy")), "p.html");
        String message = fail();
        assertTrue(message.startsWith("6 problems:\n"), message);
        for (String expected : List.of(
                "<output>a.js</output> of bundle a.js: must end with .css, since its <entry> is a style sheet; a script's name"
                        + " is for a script that imports it\n",
                "<output>b.css</output> of bundle b.css: must end with .js (or .mjs, .cjs), since its <entry> becomes a"
                        + " script; the style sheets that it imports are written beside it, as a .css\n",
                "<output>c.png</output> of bundle c.png: must end with .js (or .mjs, .cjs), since its <entry> becomes a script\n",
                "<output>d.json</output> of bundle d.json: must end with .js (or .mjs, .cjs), since its <entry> becomes a script\n",
                "<output>e.css</output> of bundle e.css: must end with .js",
                "<output>f.htm</output> of bundle f.htm: must have the ending of its <entry>, which is copied as it is")) {
            assertTrue(message.contains(expected), message);
        }
        shop.noBundles()
                .modules("a.css", "a.css")
                .modules("b.mjs", "a.ts")
                .modules("p.html", Map.of(ModuleSetting.LOADERS, List.of("html=copy")), "p.html")
                .modules("e.js", Map.of(ModuleSetting.LOADERS, List.of("css=text")), "a.css")
                .run();
        assertEquals("<p>", shop.read("p.html"));
        for (String name : List.of("a.css", "b.mjs", "b.css", "e.js")) {
            assertTrue(Files.isRegularFile(shop.web(name)), name);
        }
    }

    @Test
    void run_oddNamesOfDefinitionsAndSplittingOfIife_nameBundleElementAndWayOut() throws Exception {
        shop.modules("a.js", Map.of(ModuleSetting.DEFINE, List.of("process.env.X-Y=1")), "good.js")
                .modules(
                        "b.js",
                        Map.of(ModuleSetting.SPLITTING, List.of("true"), ModuleSetting.FORMAT, List.of("iife")),
                        "good.js");
        String message = fail();
        assertTrue(message.contains("bundle a.js: <define>: (define name):1:14: "), message);
        assertTrue(message.contains("is a word, or several with dots between, such as process.env.MODE"), message);
        assertTrue(message.contains("bundle b.js: <splitting>: "), message);
        assertTrue(message.contains("; remove <splitting>, or set <format>esm</format>"), message);
    }

    @Test
    void run_queryOfAnAlias_isWarnedOf() throws Exception {
        shop.file("w.js", "postMessage(1);\n")
                .file("a.js", "import W from 'my-worker';\nconsole.log(W);\n")
                .modules("a.js", Map.of(ModuleSetting.ALIAS, List.of("my-worker=./src/main/js/w.js?worker")), "a.js")
                .run();
        String warnings = shop.warnings.toString();
        assertTrue(warnings.contains("src/main/js/a.js:1:15: ?worker means something to Vite alone"), warnings);
    }

    @Test
    void run_aliasLeadsNowhere_isToldByItsName() throws Exception {
        shop.file("a.js", "import 'view';\n")
                .modules("a.js", Map.of(ModuleSetting.ALIAS, List.of("view=preact")), "a.js");
        String message = fail();
        assertTrue(message.contains("Could not resolve \"preact\" (originally \"view\")"), message);
        assertTrue(message.contains("<artifactId>preact</artifactId>"), message);
    }

    @Test
    void run_entryWithoutItsEnding_saysWhichFileWasMeant() throws Exception {
        shop.file("pages/shop.ts", "")
                .file("pages/shop.css", "")
                .file("pages/shopping.ts", "")
                .modules("a.js", "pages/shop");
        String message = fail();
        assertTrue(message.endsWith("; did you mean pages/shop.css?"), message);
    }

    @Test
    void run_entriesThatDifferInTheirEndingOnly_areToldWithTheWayOut() throws Exception {
        shop.file("x.ts", "console.log('ts');\n")
                .file("x.js", "console.log('js');\n")
                .modules("js/", "x.ts", "x.js");
        String message = fail();
        assertTrue(message.contains("bundle js/: <entryNames>: Two output files share the same path"), message);
        assertTrue(message.contains("js/x.js; entries whose names differ in their ending only"), message);
        shop.noBundles()
                .modules("js/", Map.of(ModuleSetting.ENTRY_NAMES, List.of("[name]-[hash]")), "x.ts", "x.js")
                .run();
        try (Stream<Path> files = Files.list(shop.web("js"))) {
            assertEquals(4, files.count(), "two scripts and their maps");
        }
    }

    @Test
    void run_entryNamesBesideAnOutputWithAHash_areRefused() throws Exception {
        shop.modules("js/a-[hash].js", Map.of(ModuleSetting.ENTRY_NAMES, List.of("[name].min")), "good.js");
        assertEquals(
                "<entryNames>[name].min</entryNames> of bundle js/a-[hash].js: <output>js/a-[hash].js</output> says"
                        + " already what the file is called; remove one of the two",
                fail());
    }

    @Test
    void run_entryNamesBesideADirectoryWithAHash_areRefused() throws Exception {
        shop.modules("js-[hash]/a.js", Map.of(ModuleSetting.ENTRY_NAMES, List.of("[name].min")), "good.js");
        assertTrue(fail().endsWith("says already what the file is called; remove one of the two"));
    }

    @Test
    void run_directoryTypedOnWindows_isTheSameDirectory() throws Exception {
        shop.modules("js\\sub\\", "good.js").run();
        assertTrue(Files.exists(shop.web("js/sub/good.js")));
    }

    @Test
    void run_entryNames_areNamesInTheDirectoryOfTheOutput() throws Exception {
        shop.modules("js/x.js", Map.of(ModuleSetting.ENTRY_NAMES, List.of("[name].min")), "good.js")
                .modules("all/", Map.of(ModuleSetting.ENTRY_NAMES, List.of("v1/[dir]/[name]")), "good.js")
                .run();
        assertTrue(Files.exists(shop.web("js/x.min.js")));
        assertTrue(Files.exists(shop.web("v1/all/good.js")));
    }

    @Test
    void run_oneBundleFails_allOldOutputsStay() throws Exception {
        shop.file("a.js", "console.log('old');\n")
                .modules("a.js", "a.js")
                .modules("good.js", "good.js")
                .run();
        String old = shop.read("a.js");
        shop.file("a.js", "console.log('new';\n").file("good.js", "console.log('better');\n");
        fail();
        assertEquals(old, shop.read("a.js"));
        assertTrue(
                shop.read("good.js").contains("'good'") || shop.read("good.js").contains("\"good\""));
    }

    @Test
    void run_engineKilledInMidRun_oldOutputStays() throws Exception {
        shop.modules("good.js", "good.js").run();
        String old = shop.read("good.js");
        StringBuilder much = new StringBuilder();
        for (int i = 0; i < 400_000; i++) {
            much.append("export const v")
                    .append(i)
                    .append(" = (a, b) => a + b * ")
                    .append(i)
                    .append(";\n");
        }
        shop.file("good.js", much.toString());
        Thread killer = new Thread(this::killEngine);
        killer.start();
        String message = fail();
        killer.join();
        assertTrue(message.contains("died in the middle of its work, killed by signal 9"), message);
        assertTrue(message.contains("memory ran out") && message.contains("run the build again"), message);
        assertEquals(1, message.lines().count(), message);
        assertEquals(old, shop.read("good.js"));
    }

    private void killEngine() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < deadline) {
            List<ProcessHandle> engines = ProcessHandle.current()
                    .children()
                    .filter(child -> child.info().command().orElse("").endsWith("esbuild"))
                    // Long after it has said its version, and long before the end of its work.
                    .filter(child -> child.info()
                                    .totalCpuDuration()
                                    .orElse(Duration.ZERO)
                                    .toMillis()
                            >= 100)
                    .toList();
            if (!engines.isEmpty()) {
                engines.forEach(ProcessHandle::destroyForcibly);
                return;
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void run_fullDisk_oldOutputStaysAndNothingIsLeft() throws Exception {
        try (Mount disk = Mount.memory(directory.resolve("disk"), "4m", 400)) {
            shop = new Workshop(disk.at());
            shop.file("good.js", "console.log('old');\n")
                    .modules("good.js", "good.js")
                    .run();
            String old = shop.read("good.js");
            String map = shop.read("good.js.map");
            StringBuilder much = new StringBuilder();
            for (int i = 0; i < 40_000; i++) {
                much.append("console.log('number ").append(i).append("');\n");
            }
            // The source fits, and what is made of it does not.
            shop.file("good.js", much.toString());
            Files.write(disk.at().resolve("filler"), new byte[(int) (disk.free() - 100_000)]);
            List<Path> before = shop.all();
            IOException failure = assertThrows(IOException.class, shop::run);
            assertTrue(failure.getMessage().contains("web/good.js"), failure.getMessage());
            assertTrue(failure.getMessage().contains("No space left on device"), failure.getMessage());
            assertEquals(old, shop.read("good.js"));
            assertEquals(map, shop.read("good.js.map"));
            assertEquals(List.of(), shop.staged());
            assertEquals(before, shop.all());
        }
    }

    @Test
    void run_configurationMistakes_allToldByTheirElements() throws Exception {
        shop.processors = "many";
        shop.modules("a.js", "goood.js")
                .modules("b.js", Map.of(ModuleSetting.FORMAT, List.of("amd")), "good.js")
                .modules("c.js", "good.js", "good.js")
                .modules("../../d.js", "good.js")
                .modules("e.js", Map.of(ModuleSetting.INJECT, List.of("nix.js")), "good.js")
                .modules("f.js", Map.of(ModuleSetting.SPLITTING, List.of("yes")), "good.js")
                .modules("g", "good.js")
                .modules("h.js")
                .modules("i.js", "");
        String message = fail();
        assertTrue(message.startsWith("10 problems:"), message);
        for (String line : List.of(
                "<processors> must be auto or a number from 1 on: processors=many",
                "<entry>goood.js</entry> of bundle a.js: no such file in " + shop.sources + "; did you mean good.js?",
                "<format>amd</format> of bundle b.js: must be one of esm, iife, cjs",
                "<output>c.js</output> of bundle c.js: is one file, but there are 2 entries; name a directory, such as"
                        + " <output>js/</output>",
                "<output>../../d.js</output> of bundle ../../d.js: leads to ",
                "<inject>nix.js</inject> of bundle e.js: no such file: ",
                "<splitting>yes</splitting> of bundle f.js: must be one of true, false",
                "<output>g</output> of bundle g: has no ending",
                "<entry> of bundle h.js is missing",
                "<entry> of bundle i.js is empty")) {
            assertTrue(message.contains(line), line + "\n" + message);
        }
    }

    @Test
    void run_furtherMistakes_allToldByTheirElements() throws Exception {
        Files.createDirectories(shop.sources.resolve("lib"));
        shop.modules("a.js", Map.of(ModuleSetting.ENTRY_NAMES, List.of("[nix]/[name]-[hash]")), "good.js")
                .modules("b.js", Map.of(ModuleSetting.INJECT, List.of("lib")), "good.js")
                .modules("${no.such}.js", "good.js")
                .modules("d.js", "good.js/x.js")
                .modules("e.js", Map.of(ModuleSetting.DEFINE, List.of("V=\"${no.such}\"")), "good.js")
                .modules("f-[hash].js", "good.js")
                .modules("f.js", "good.js")
                .modules("x".repeat(300) + "/", "good.js");
        shop.modules.add(new ModuleSpec(8, "g", List.of("good.js"), "g.js", "nix", false, Map.of(), OutputSpec.NONE));
        String message = fail();
        for (String line : List.of(
                "<entryNames>[nix]/[name]-[hash]</entryNames> of bundle a.js: has brackets that mean nothing; there are",
                "<inject>lib</inject> of bundle b.js: " + shop.sources.resolve("lib") + " is a directory",
                "<output>${no.such}.js</output> of bundle ${no.such}.js: holds ${no.such}, a property that nothing sets",
                "<entry>good.js/x.js</entry> of bundle d.js: no such file in " + shop.sources,
                "<define>V=\"${no.such}\"</define> of bundle e.js: holds ${no.such}, a property that nothing sets",
                "<name> of bundle f.js must differ from that of bundle f-[hash].js (number 6) of execution default",
                "has 303 bytes, too many for the names of its reports",
                "<directory>nix</directory> of bundle g: " + shop.project.resolve("nix") + " does not exist")) {
            assertTrue(message.contains(line), line + "\n" + message);
        }
        assertTrue(message.startsWith("8 problems:"), message);
    }

    @Test
    void run_valuesThatTheEngineRefuses_areToldWithBundleAndElement() throws Exception {
        shop.modules("a.js", Map.of(ModuleSetting.DEFINE, List.of("A=b c")), "good.js")
                .modules("b.js", Map.of(ModuleSetting.TARGETS, List.of("es2099")), "good.js")
                .modules("c.js", Map.of(ModuleSetting.GLOBAL_NAME, List.of("1x")), "good.js")
                .modules("d.js", Map.of(ModuleSetting.EXTERNALS, List.of("a*b*c")), "good.js")
                .modules("e.js", Map.of(ModuleSetting.LOADERS, List.of("svg=picture")), "good.js");
        String message = fail();
        for (String line : List.of(
                "bundle a.js: <define>: Invalid define value",
                "bundle b.js: <targets>: esbuild ",
                "bundle c.js: <globalName>: (global name):1:2: ",
                "bundle d.js: <externals>: External path \"a*b*c\"",
                "bundle e.js: <loaders>: esbuild ")) {
            assertTrue(message.contains("  - " + line), line + "\n" + message);
        }
        assertTrue(message.startsWith("5 problems:"), message);
    }

    @Test
    void run_entryOutsideOfWhatIsBuilt_isRefusedUnlessAllowed(@TempDir Path apart) throws Exception {
        Path elsewhere = apart.toRealPath();
        Files.writeString(elsewhere.resolve("x.js"), "console.log('far');\n");
        String up =
                shop.sources.relativize(elsewhere.resolve("x.js")).toString().replace('\\', '/');
        shop.modules("a.js", up);
        String message = fail();
        assertTrue(message.contains("outside of what is being built (" + shop.project), message);
        assertTrue(message.contains("<allowOutside>true</allowOutside>"), message);
        shop.noBundles()
                .modules
                .add(new ModuleSpec(0, null, List.of(up), "a.js", null, true, Map.of(), OutputSpec.NONE));
        shop.run();
        assertTrue(shop.read("a.js").contains("far"));
    }

    @Test
    void run_entryIsALinkInACircle_isSaid() throws Exception {
        Files.createSymbolicLink(shop.sources.resolve("loop.js"), Path.of("loop.js"));
        shop.modules("a.js", "loop.js");
        String message = fail();
        assertTrue(message.contains("<entry>loop.js</entry> of bundle a.js: "), message);
        assertTrue(message.contains("symbolic link in a circle"), message);
    }

    @Test
    void run_importOfALinkInACircle_isSaid() throws Exception {
        Files.createSymbolicLink(shop.sources.resolve("loop.js"), Path.of("loop.js"));
        shop.file("a.js", "import './loop.js';\n").modules("a.js", "a.js");
        String message = fail();
        assertTrue(message.contains("src/main/js/a.js:1:8: Could not resolve \"./loop.js\""), message);
        assertTrue(message.contains("src/main/js/loop.js\": too many levels of symbolic links"), message);
    }

    @Test
    void run_invalidUtf8_namesFileOffsetAndByte() throws Exception {
        shop.file("b.js", "// \nexport const b = 'caf\u00e9';\n", Charset.forName("ISO-8859-1"))
                .file("a.js", "import { b } from './b.js'; console.log(b);\n")
                .modules("a.js", "a.js");
        assertEquals(
                "src/main/js/b.js is not valid UTF-8 at byte offset 25 (byte E9); convert the file to UTF-8", fail());
        assertFalse(Files.exists(shop.web("a.js")));
    }

    @Test
    void run_outputOfAnotherBundle_isRefusedWithBothNames() throws Exception {
        shop.modules("a.js", "good.js").modules("A.js", "good.js");
        String message = fail();
        assertTrue(
                message.contains(" is also written by bundle a.js (number 1) of execution default in module test"),
                message);
        assertTrue(message.contains("the same file on some machines"), message);
    }

    @Test
    void run_warnings_areLoggedOrErrors() throws Exception {
        shop.file("a.js", "export const twice = { a: 1, a: 2 };\n")
                .modules("a.js", "a.js")
                .run();
        assertEquals(1, shop.warnings.size(), shop.warnings.toString());
        assertTrue(shop.warnings.get(0).contains("src/main/js/a.js:1:30: Duplicate key \"a\""), shop.warnings.get(0));
        shop.failOnWarnings = true;
        String message = fail();
        assertTrue(message.contains("Duplicate key"), message);
        assertTrue(message.contains("<failOnWarnings>"), message);
    }

    @Test
    void run_oneLineOf50Megabytes_shortMessage() throws Exception {
        byte[] line = new byte[50_000_000];
        java.util.Arrays.fill(line, (byte) ' ');
        byte[] end = "let x = ;".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        System.arraycopy(end, 0, line, line.length - end.length, end.length);
        shop.file("a.js", line).modules("a.js", "a.js");
        String message = fail();
        assertTrue(message.startsWith("src/main/js/a.js:1:50000000: Unexpected \";\""), message.substring(0, 200));
        assertTrue(message.length() < 1000, "" + message.length());
        System.arraycopy("let x = 1;".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, line, 0, 10);
        java.util.Arrays.fill(line, 10, line.length, (byte) ' ');
        shop.file("a.js", line).run();
    }

    @Test
    void run_sourceWithoutPermission_isSaid() throws Exception {
        assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"));
        shop.file("secret.js", "1\n").file("a.js", "import './secret.js';\n").modules("a.js", "a.js");
        Path secret = shop.sources.resolve("secret.js");
        Files.setPosixFilePermissions(secret, java.util.Set.of());
        assumeTrue(!Files.isReadable(secret), "root reads everything");
        String message = fail();
        assertTrue(message.contains("secret.js"), message);
    }

    @Test
    void run_wrongFlag_namesTheBundle() throws Exception {
        shop.modules("a.js", Map.of(ModuleSetting.ESBUILD_ARGS, List.of("--nonsense")), "good.js");
        String message = fail();
        assertTrue(message.startsWith("bundle a.js: <esbuildArgs>: esbuild "), message);
        assertTrue(message.contains("Invalid build flag: \"--nonsense\""), message);
    }
}
