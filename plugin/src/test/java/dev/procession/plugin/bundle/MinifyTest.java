package dev.procession.plugin.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Joined bundles, shortened by the real engine. */
class MinifyTest {
    @TempDir
    Path directory;

    private Workshop shop;

    @BeforeEach
    void open() throws Exception {
        shop = new Workshop(directory);
        shop.file("a.js", "function add(first, second) {\n  return first + second;\n}\n")
                .file("b.js", "// a comment\nconsole.log(add(1, 2));\n");
    }

    @Test
    void run_minified_isShorterAndLeadsBackToTheFiles() throws Exception {
        shop.bundle(Spec.of("shop.js", "*.js").minify().typed());
        shop.run();
        assertEquals(
                "function add(n,o){return n+o}console.log(add(1,2));\n//# sourceMappingURL=shop.js.map\n",
                shop.script());
        DecodedMap map = shop.map();
        assertEquals(List.of("src/main/js/a.js", "src/main/js/b.js"), map.sources());
        assertEquals(new DecodedMap.Segment(0, 13, 0, 0, 13), map.at(0, 13));
        assertEquals("first", map.nameAt(0, 13));
        // "console" is line 1 of b.js, after the comment.
        assertEquals(new DecodedMap.Segment(0, 29, 1, 1, 0), map.at(0, 29));
        assertEquals(new DecodedMap.Segment(0, 41, 1, 1, 12), map.at(0, 41));
    }

    @Test
    void run_plainAndMinified_areBothWritten() throws Exception {
        shop.bundle(Spec.of("shop.js", "*.js").minifiedOutput("shop.min.js").typed());
        BundleResult result = shop.run();
        assertEquals(1, result.written());
        assertEquals("shop.js", result.properties().get("shop.js.file"));
        assertEquals("shop.min.js", result.properties().get("shop.js.min.file"));
        assertTrue(shop.body().startsWith("function add(first, second) {\n"), shop.body());
        assertTrue(shop.read("shop.min.js").startsWith("function add(n,"));
        assertTrue(Files.exists(shop.web("shop.min.js.map")));
        assertEquals(0, shop.run().written());
        Files.delete(shop.web("shop.min.js.map"));
        assertEquals(1, shop.run().written());
        shop.noBundles().bundle(Spec.of("shop.js", "*.js").typed());
        shop.run();
        assertTrue(Files.notExists(shop.web("shop.min.js")));
        assertTrue(Files.exists(shop.output()));
    }

    @Test
    void run_plainAndMinifiedWithBudget_onlyTheMinifiedOneCounts() throws Exception {
        // Plain it has 98 bytes and the link, shortened 52 and the link.
        shop.bundle(Spec.of("shop.js", "*.js")
                .minifiedOutput("shop.min.js")
                .budgets("90", null, null)
                .typed());
        shop.run();
        assertTrue(Files.size(shop.output()) > 90, "the plain one would be too large");
        shop.noBundles()
                .bundle(Spec.of("shop.js", "*.js")
                        .minifiedOutput("shop.min.js")
                        .budgets("80", null, null)
                        .typed());
        String text = shop.fail().getMessage();
        assertTrue(text.contains("the bundle has " + Files.size(shop.web("shop.min.js")) + " bytes,"), text);
    }

    @Test
    void run_minifiedWithReport_tellsWhatEachFileHasInIt() throws Exception {
        shop.bundle(Spec.of("shop.js", "*.js").minify().sizeReport().typed());
        shop.run();
        String json = Files.readString(shop.target.resolve("procession/bundle-js/default/shop.js.sizes.json"));
        // function add(n,o){return n+o} and console.log(add(1,2));
        assertTrue(
                json.replaceAll("\\s", "")
                        .contains("[{\"source\":\"src/main/js/a.js\",\"bytes\":29},"
                                + "{\"source\":\"src/main/js/b.js\",\"bytes\":22}]"),
                json);
    }

    @Test
    void run_syntaxError_namesTheFileTheLineAndTheColumn() throws Exception {
        shop.file("c.js", "a();\nfunction (\n");
        shop.bundle(Spec.of("shop.js", "*.js").minify().typed());
        String text = shop.fail().getMessage();
        assertTrue(text.startsWith("<minify>true</minify> of bundle shop.js: src/main/js/c.js:2:10: Expected"), text);
        assertTrue(Files.notExists(shop.output()));
        assertEquals(List.of(), shop.staged());
    }

    @Test
    void run_syntaxErrorInWhatIsSecondOutput_namesTheElementThatWasTyped() throws Exception {
        shop.file("c.js", "a();\nfunction (\n");
        shop.bundle(Spec.of("shop.js", "*.js").minifiedOutput("js/shop.min.js").typed());
        String text = shop.fail().getMessage();
        String head = "<minifiedOutput>js/shop.min.js</minifiedOutput> of bundle shop.js: src/main/js/c.js:2:10: ";
        assertTrue(text.startsWith(head), text);
    }

    @Test
    void run_inputWithMap_leadsThroughBothMaps() throws Exception {
        String map = "{\"version\":3,\"sources\":[\"c.ts\"],\"names\":[\"longName\"],\"mappings\":\"AAUA,MAAMA\"}";
        shop.file("c.js", "const c = 1;\n//# sourceMappingURL=c.js.map").file("c.js.map", map);
        shop.bundle(Spec.of("shop.js", "a.js", "c.js").minify().typed());
        shop.run();
        DecodedMap decoded = shop.map();
        assertEquals(List.of("src/main/js/a.js", "src/main/js/c.ts"), decoded.sources());
        int at = shop.script().indexOf("const ");
        assertEquals(new DecodedMap.Segment(0, at, 1, 10, 0), decoded.at(0, at));
        assertEquals("longName", decoded.nameAt(0, at + 6));
    }

    @Test
    void run_styleSheet_isMinified() throws Exception {
        shop.file("x.css", "@import 'i.css';\na {\n  color: #ff0000;\n}\n").file("y.css", "b {\n  margin: 0px;\n}\n");
        shop.bundle(Spec.of("css/shop.css", "*.css").minify().typed());
        shop.run();
        assertEquals(
                "@import\"../i.css\";a{color:red}b{margin:0}\n/*# sourceMappingURL=shop.css.map */\n",
                shop.read("css/shop.css"));
        DecodedMap map = DecodedMap.parse(shop.read("css/shop.css.map"));
        assertEquals(List.of("src/main/js/x.css", "src/main/js/y.css"), map.sources());
        assertEquals(1, map.at(0, shop.read("css/shop.css").indexOf("b{")).source());
    }

    @Test
    void run_bothKindsOfMinifying_areRefused() throws Exception {
        shop.bundle(Spec.of("shop.js", "*.js")
                        .minify()
                        .minifiedOutput("shop.min.js")
                        .typed())
                .bundle(Spec.of("other.js", "*.js").minifiedOutput("other.js").typed())
                .bundle(Spec.of("third.js", "*.js").minifiedOutput("third.css").typed());
        String text = shop.fail().getMessage();
        assertTrue(
                text.contains("<minifiedOutput>shop.min.js</minifiedOutput> of bundle shop.js: is a second output"),
                text);
        assertTrue(
                text.contains("<minifiedOutput>other.js</minifiedOutput> of bundle other.js: is <output> too"), text);
        assertTrue(text.contains("has another ending than <output>"), text);
    }

    @Test
    void run_sloppyScript_keepsItsTopLevelNames() throws Exception {
        shop.file("c.js", "var globalName = 1;\nwith ({}) { globalName = 010; }\n");
        shop.bundle(Spec.of("shop.js", "c.js").minify().withoutMap().typed());
        shop.run();
        assertTrue(shop.script().contains("globalName"), shop.script());
    }
}
