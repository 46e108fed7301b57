package dev.procession.plugin.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.procession.plugin.bundle.read.StyleUrls;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StyleSheetsTest {
    @TempDir
    Path directory;

    private Workshop shop;

    @BeforeEach
    void open() throws Exception {
        shop = new Workshop(directory);
    }

    private String joined(String... includes) throws Exception {
        shop.noBundles().bundle(Spec.of("css/shop.css", includes).withoutMap().typed());
        shop.run();
        return shop.read("css/shop.css");
    }

    @Test
    void run_twoStyleSheets_areJoinedInTheOrderOfTheList() throws Exception {
        shop.file("a.css", "a { color: red }").file("b.css", "b { color: blue }\n");
        assertEquals("b { color: blue }\na { color: red }\n", joined("b.css", "a.css"));
    }

    /** The first column is a file's content, the second what the bundle holds for it before a next file. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a{b:c}               | a{b:c}\\n",
                "a{b:c}\\n            | a{b:c}\\n",
                "a{b:c}\\r            | a{b:c}\\r\\n",
                "a{b:c} x             | a{b:c} x{}\\n",
                "a{b:c}}              | a{b:c}}{}\\n",
                "@layer x             | @layer x;\\n",
                "a{b:c} /* x */       | a{b:c} /* x */\\n",
                "a{b:'/*'}            | a{b:'/*'}\\n",
                "a{b:url(/*x)}        | a{b:url(/*x)}\\n",
                "/* only a comment */ | /* only a comment */\\n",
                "a::before{content:'}'} | a::before{content:'}'}\\n",
                "<!-- a{b:c} -->      | <!-- a{b:c} -->\\n",
            })
    void run_fileEnding_nextFileStartsSafely(String content, String expected) throws Exception {
        shop.file("a.css", content.translateEscapes()).file("z.css", "z{}");
        assertEquals(expected.translateEscapes() + "z{}\n", joined("a.css", "z.css"));
    }

    @Test
    void run_imports_standAheadOfAllRulesInTheOrderOfTheFiles() throws Exception {
        shop.file("a.css", "@charset \"UTF-8\";\n@import url(\"one.css\") screen;\na{}\n")
                .file(
                        "b.css",
                        "/* two */ @layer base, page;\n@import 'two.css' layer(base) supports(display: grid);\n@namespace svg url(http://www.w3.org/2000/svg);\nb{}\n");
        assertEquals("""
                        @import url("../one.css") screen;
                        @import "data:text/css;charset=utf-8,@layer%20base,%20page;";
                        @import '../two.css' layer(base) supports(display: grid);
                        @namespace svg url(http://www.w3.org/2000/svg);


                        a{}
                        /* two */\s


                        b{}
                        """, joined("a.css", "b.css"));
        assertTrue(
                shop.warnings
                        .get(0)
                        .contains("@import in src/main/js/b.css comes before the rules of src/main/js/a.css now"),
                shop.warnings.toString());
    }

    @Test
    void run_importAfterRules_staysInvalidWhereItIs() throws Exception {
        shop.file("a.css", "a{}\n@import 'late.css';\n").file("b.css", "b{}\n");
        assertEquals("a{}\n@import 'late.css';\nb{}\n", joined("a.css", "b.css"));
        assertEquals(List.of(), shop.warnings);
    }

    @Test
    void run_layersWithoutImportsBehindThem_stay() throws Exception {
        shop.file("a.css", "@layer x, y;\na{}\n").file("b.css", "@import 'i.css';\n");
        assertEquals("@import '../i.css';\n@layer x, y;\na{}\n\n", joined("a.css", "b.css"));
    }

    /** Seen in a browser: it has no rule of such an import. */
    @Test
    void run_importBehindANamespace_staysIgnored() throws Exception {
        shop.file("a.css", "@import 'i.css';\n@namespace s 's';\n@import 'late.css';\na{}\n");
        assertEquals("@import '../i.css';\n@namespace s 's';\n\n\n@import '../late.css';\na{}\n", joined("a.css"));
    }

    /** Seen in a browser: behind such a layer it loads no style sheet. */
    @Test
    void run_importBehindALayerThatFollowsAnImport_staysIgnored() throws Exception {
        shop.file(
                "a.css", "@layer w;\n@import /* b */ 'i.css';\n@layer x, y;\n@import 'late.css';\n@namespace s 's';\n");
        assertEquals(
                "@layer w;\n@import /* b */ '../i.css';\n\n\n@layer x, y;\n@import 'late.css';\n@namespace s 's';\n",
                joined("a.css"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "url(img/a.png)                | url(../ui/img/a.png)",
                "url( img/a.png )              | url( ../ui/img/a.png)",
                "url('img/a.png')              | url('../ui/img/a.png')",
                "url(\"../img/a.png?v=1#x\")   | url(\"../img/a.png?v=1#x\")",
                "URL(a.png)                    | URL(../ui/a.png)",
                "url(/img/a.png)               | url(/img/a.png)",
                "url(#grad)                    | url(#grad)",
                "url(data:image/png;base64,iV) | url(data:image/png;base64,iV)",
                "url(https://a.example/b.png)  | url(https://a.example/b.png)",
                "url(//a.example/b.png)        | url(//a.example/b.png)",
                "image-set('a.png' 1x, \"b.png\" 2x) | image-set('../ui/a.png' 1x, \"../ui/b.png\" 2x)",
                "image-set(url(a.png) type('image/png')) | image-set(url(../ui/a.png) type('image/png'))",
                "my-url(a.png)                 | my-url(a.png)",
                "'url(a.png)'                  | 'url(a.png)'",
                "/* url(a.png) */ x            | /* url(a.png) */ x",
                "url(a\\(1\\).png)             | url(../ui/a\\(1\\).png)",
                "url()                         | url()",
            })
    void run_addresses_leadToTheSameFiles(String typed, String expected) throws Exception {
        shop.file("ui/a.css", "a{b:" + typed + "}\n");
        assertEquals("a{b:" + expected + "}\n", joined("ui/a.css"));
    }

    @Test
    void run_addressesThatAreKept_areKept() throws Exception {
        shop.file("ui/a.css", "a{b:url(x.png)}\n");
        shop.bundle(Spec.of("shop.css", "ui/a.css").withoutMap().keepingUrls().typed());
        shop.run();
        assertEquals("a{b:url(x.png)}\n", shop.read("shop.css"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a{}\\n/* open            | 2 | a comment, /*",
                "a{\\nb:c                 | 1 | a block, {",
                "@media x {\\na{b:c}\\n   | 1 | a block, {",
                "a{b:'open                | 1 | a string, '",
                "a{b:url(open             | 1 | an address, url(",
                "@import url(open         | 1 | an address, url(",
                "a[b                      | 1 | a block, [",
            })
    void run_somethingLeftOpen_isNamed(String content, int line, String what) throws Exception {
        shop.file("a.css", content.translateEscapes()).file("z.css", "z{}");
        shop.bundle(Spec.of("shop.css", "*.css").typed());
        assertEquals(
                "<include>*.css</include> of bundle shop.css: src/main/js/a.css:" + line + ": " + what
                        + " that begins here is never closed, and would swallow the next file; close it",
                shop.fail().getMessage());
    }

    @Test
    void run_declaredCharset_decides() throws Exception {
        shop.file("a.css", "@charset \"windows-1251\"; a::before{content:'ї'}\n", Charset.forName("windows-1251"))
                .file("b.css", "b{}");
        assertEquals("@charset \"UTF-8\";\n a::before{content:'ї'}\nb{}\n", joined("a.css", "b.css"));
        shop.file("a.css", "@charset \"no such\"; a::before{content:'ї'}\n", StandardCharsets.UTF_8);
        assertEquals("@charset \"UTF-8\";\n a::before{content:'ї'}\nb{}\n", joined("a.css", "b.css"));
    }

    @Test
    void run_banner_mustBeComments() throws Exception {
        shop.file("a.css", "a{}\n");
        shop.bundle(
                Spec.of("shop.css", "a.css").withoutMap().banner("/*! Shop */").typed());
        shop.run();
        assertEquals("/*! Shop */\na{}\n", shop.read("shop.css"));
        shop.noBundles().bundle(Spec.of("shop.css", "a.css").banner("// Shop").typed());
        assertTrue(shop.fail().getMessage().contains("must hold CSS comments"));
    }

    @Test
    void run_map_leadsToTheSources() throws Exception {
        shop.file("ui/a.css", "@import 'x.css';\na { b: url(c.png) d }\n").file("b.css", "b { c: d }\n");
        shop.bundle(Spec.of("shop.css", "ui/a.css", "b.css").typed());
        shop.run();
        assertEquals(
                "@import 'ui/x.css';\n\na { b: url(ui/c.png) d }\nb { c: d }\n/*# sourceMappingURL=shop.css.map */\n",
                shop.read("shop.css"));
        DecodedMap map = DecodedMap.parse(shop.read("shop.css.map"));
        assertEquals(List.of("src/main/js/ui/a.css", "src/main/js/b.css"), map.sources());
        assertEquals(new DecodedMap.Segment(0, 0, 0, 0, 0), map.at(0, 0));
        assertEquals(new DecodedMap.Segment(2, 0, 0, 1, 0), map.at(2, 0));
        // "d" stands three characters further right than it did.
        assertEquals(new DecodedMap.Segment(2, 21, 0, 1, 18), map.at(2, 21));
        assertEquals(new DecodedMap.Segment(3, 4, 1, 0, 4), map.at(3, 4));
    }

    @Test
    void run_byWorkers_isTheSame() throws Exception {
        shop.file("a.css", "@import 'x.css';\na::before { content: 'ї'; b: url(c.png) }\n")
                .file("b.css", "b{}");
        String here = joined("*.css");
        shop.workers = "1";
        shop.file("b.css", "b{} ");
        assertEquals(here.replace("b{}\n", "b{} \n"), joined("*.css"));
    }

    @Test
    void run_scriptBundleWithStyleSheet_isRefused() throws Exception {
        shop.file("a.css", "a{}\n").bundle("a.css");
        assertTrue(shop.fail().getMessage().contains("is a style sheet, but the bundle is a script"));
    }

    @Test
    void run_webJar_isServedFromWebjars() throws Exception {
        assertEquals(
                "../webjars/bootstrap/5.3.3/css/",
                new StyleUrls(true, "src/main/js/", "../").prefix("webjar:bootstrap/5.3.3/css/bootstrap.css"));
    }
}
